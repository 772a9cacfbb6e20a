package dev.cortado.runtime.jdk.foreign;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Calls to and from native code. */
@TargetClass(className = "jdk.internal.foreign.abi.AbstractLinker", onlyWith = ForeignApi.class)
@SuppressWarnings("unused")
final class Target_jdk_internal_foreign_abi_AbstractLinker {
    @Substitute
    private MethodHandle downcallHandle0(FunctionDescriptor function, Linker.Option... options) {
        throw ForeignApi.noNativeCode("Linker.downcallHandle");
    }

    @Substitute
    public MemorySegment upcallStub(
            MethodHandle target,
            FunctionDescriptor function,
            Arena arena,
            Linker.Option... options) {
        throw ForeignApi.noNativeCode("Linker.upcallStub");
    }
}
