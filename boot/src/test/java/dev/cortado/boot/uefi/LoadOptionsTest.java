package dev.cortado.boot.uefi;

import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.R12;
import static dev.cortado.boot.x86.Register.R13;
import static dev.cortado.boot.x86.Register.R8;
import static dev.cortado.boot.x86.Register.RAX;
import static dev.cortado.boot.x86.Register.RBX;
import static dev.cortado.boot.x86.Register.RCX;
import static dev.cortado.boot.x86.Register.RDI;
import static dev.cortado.boot.x86.Register.RDX;
import static dev.cortado.boot.x86.Register.RSI;
import static dev.cortado.boot.x86.Register.RSP;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.boot.layout.PvhStartInfo;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Register;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The code that reads the options of a loaded image, run here with firmware of one function. */
class LoadOptionsTest {
    private static final String HANDLE_PROTOCOL = "test_handle_protocol";
    private static final List<Register> KEPT = List.of(RBX, R12, R13);
    private static final int MOST_CHARACTERS = 4095;
    private static final int TOO_LONG = 1;

    private static MethodHandle read;

    private final MemorySegment workspace =
            Arena.ofAuto().allocate(Workspace.COMMAND_LINE + Workspace.COMMAND_LINE_SIZE + 1L, 16);

    @BeforeAll
    static void assemble() throws Throwable {
        UefiCode uefi = new UefiCode();
        LoadOptions options = new LoadOptions();
        Assembler asm = uefi.code;
        asm.function(
                "test_read",
                () -> {
                    KEPT.forEach(asm::push);
                    asm.sub(RSP, UefiCode.FRAME_SIZE);
                    asm.mov(RBX, RDI);
                    asm.mov(R13, RSI);
                    asm.mov(R12, RDX);
                    asm.lea(RAX, Memory.relative(HANDLE_PROTOCOL));
                    asm.mov(Memory.at(R12, Uefi.HANDLE_PROTOCOL), RAX);
                    options.read(uefi);
                    leave(asm, 0);
                });
        asm.function(UefiFailure.FAIL, () -> leave(asm, TOO_LONG));
        // The handle is the interface.
        asm.function(
                HANDLE_PROTOCOL,
                () -> {
                    asm.mov(Memory.at(R8), RCX);
                    asm.xor(EAX, EAX);
                    asm.ret();
                });
        uefi.append();
        options.append(uefi);
        read =
                NativeCode.function(
                        uefi.link(),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.ADDRESS,
                                ValueLayout.ADDRESS,
                                ValueLayout.ADDRESS));
    }

    private static void leave(Assembler asm, int result) {
        asm.mov(EAX, result);
        asm.add(RSP, UefiCode.FRAME_SIZE);
        KEPT.reversed().forEach(asm::pop);
        asm.ret();
    }

    private int read(String text, int oddBytes) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment options = arena.allocate(2L * text.length() + 1, 2);
            options.copyFrom(MemorySegment.ofArray(text.toCharArray()));
            MemorySegment image = arena.allocate(96, 8);
            image.set(ValueLayout.JAVA_INT, Uefi.LOAD_OPTIONS_SIZE, 2 * text.length() + oddBytes);
            image.set(ValueLayout.ADDRESS, Uefi.LOAD_OPTIONS, options);
            workspace.fill((byte) 0);
            return (int) read.invokeExact(image, workspace, arena.allocate(512, 8));
        }
    }

    private void assertRead(String expected, String text) throws Throwable {
        assertEquals(0, read(text, 0));
        int field = Workspace.START_INFO + PvhStartInfo.COMMAND_LINE;
        long line = workspace.get(ValueLayout.JAVA_LONG, field) - workspace.address();
        assertEquals(expected, workspace.getString(line));
    }

    @Test
    void theOptionsAreTheCommandLine() throws Throwable {
        assertRead("hello -Dx=y", "hello -Dx=y\0");
        assertRead("hello -Dx=y", "hello -Dx=y");
        assertRead("hello", "BOOT_IMAGE=/kernel hello\0");
        assertRead("", "\0");
        assertEquals(0, read("hello", 1));
        assertEquals("hello", workspace.getString(Workspace.COMMAND_LINE));
    }

    /** With a zero behind it, which is counted by some, and not by others. */
    @Test
    void theLongestLineIsTaken() throws Throwable {
        String line = "\u20AC".repeat(MOST_CHARACTERS);
        assertRead(line, line);
        assertRead(line, line + '\0');
        assertEquals(TOO_LONG, read(line + 'x', 0));
        assertEquals(TOO_LONG, read(line + "x\0", 0));
    }
}
