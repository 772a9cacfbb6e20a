package dev.cortado.boot.uefi;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Our code, called in this process; the test is skipped where that is not possible. */
final class NativeCode {
    private static final int READ_WRITE_EXECUTE = 7;
    private static final int PRIVATE_ANONYMOUS = 0x22;

    private NativeCode() {}

    /** A function of System V's convention, which begins with the code's first byte. */
    static MethodHandle function(byte[] code, FunctionDescriptor type) throws Throwable {
        assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64"),
                "the code is for Linux on x86-64");
        Linker linker = Linker.nativeLinker();
        MethodHandle map =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("mmap"),
                        FunctionDescriptor.of(
                                ValueLayout.ADDRESS,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_LONG));
        var memory =
                (MemorySegment)
                        map.invokeExact(
                                MemorySegment.NULL,
                                (long) code.length,
                                READ_WRITE_EXECUTE,
                                PRIVATE_ANONYMOUS,
                                -1,
                                0L);
        assumeTrue(memory.address() != -1, "no memory can be both written and executed here");
        memory.reinterpret(code.length, Arena.global(), null).copyFrom(MemorySegment.ofArray(code));
        return linker.downcallHandle(memory, type);
    }
}
