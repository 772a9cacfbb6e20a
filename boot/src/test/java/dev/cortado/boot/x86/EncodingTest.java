package dev.cortado.boot.x86;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.boot.object.Relocation;
import dev.cortado.boot.object.RelocationType;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Encodings worked out by hand from the SDM's opcode tables; needs no tool. */
class EncodingTest {

    @Test
    void prefixesByMode() {
        assertBytes(Mode.BITS_16, "89 D8", asm -> asm.mov(Register.AX, Register.BX));
        assertBytes(Mode.BITS_16, "66 89 D8", asm -> asm.mov(Register.EAX, Register.EBX));
        assertBytes(Mode.BITS_32, "66 89 D8", asm -> asm.mov(Register.AX, Register.BX));
        assertBytes(Mode.BITS_32, "89 D8", asm -> asm.mov(Register.EAX, Register.EBX));
        assertBytes(Mode.BITS_64, "48 89 D8", asm -> asm.mov(Register.RAX, Register.RBX));
        assertBytes(Mode.BITS_64, "4D 89 C7", asm -> asm.mov(Register.R15, Register.R8));
    }

    @Test
    void addressesByMode() {
        Memory absolute = Memory.absolute(0x1234);
        assertBytes(Mode.BITS_16, "66 8B 06 34 12", asm -> asm.mov(Register.EAX, absolute));
        assertBytes(Mode.BITS_32, "8B 05 34 12 00 00", asm -> asm.mov(Register.EAX, absolute));
        assertBytes(Mode.BITS_64, "8B 04 25 34 12 00 00", asm -> asm.mov(Register.EAX, absolute));
        assertBytes(Mode.BITS_16, "67 8A 06", asm -> asm.mov(Register.AL, Memory.at(Register.ESI)));
    }

    /** SDM vol. 2, table 2-2 and 2-3: rsp and r12 need a SIB byte, rbp and r13 a displacement. */
    @Test
    void awkwardBases() {
        assertBytes(
                Mode.BITS_64, "48 8B 04 24", asm -> asm.mov(Register.RAX, Memory.at(Register.RSP)));
        assertBytes(
                Mode.BITS_64, "49 8B 04 24", asm -> asm.mov(Register.RAX, Memory.at(Register.R12)));
        assertBytes(
                Mode.BITS_64, "48 8B 45 00", asm -> asm.mov(Register.RAX, Memory.at(Register.RBP)));
        assertBytes(
                Mode.BITS_64, "49 8B 45 00", asm -> asm.mov(Register.RAX, Memory.at(Register.R13)));
        assertBytes(
                Mode.BITS_64,
                "4A 8B 44 A5 80",
                asm -> asm.mov(Register.RAX, Memory.at(Register.RBP, Register.R12, 4, -128)));
    }

    @Test
    void systemInstructions() {
        assertBytes(Mode.BITS_64, "48 0F AE 04 24", asm -> asm.fxsave64(Memory.at(Register.RSP)));
        assertBytes(Mode.BITS_64, "48 0F AE 2C 24", asm -> asm.xrstor64(Memory.at(Register.RSP)));
        assertBytes(Mode.BITS_64, "0F 22 DF", asm -> asm.mov(ControlRegister.CR3, Register.RDI));
        assertBytes(Mode.BITS_64, "0F 01 17", asm -> asm.lgdt(Memory.at(Register.RDI)));
        assertBytes(Mode.BITS_64, "48 CF", Assembler::iretq);
        assertBytes(Mode.BITS_64, "48 CB", Assembler::retfq);
        assertBytes(Mode.BITS_64, "48 0F C7 F2", asm -> asm.rdrand(Register.RDX));
        assertBytes(Mode.BITS_64, "48 0F C7 FA", asm -> asm.rdseed(Register.RDX));
        assertBytes(Mode.BITS_16, "66 0F 01 16 18 00", asm -> asm.lgdt(Memory.absolute(0x18)));
    }

    @Test
    void relativeAddressesCountFromTheInstructionsEnd() {
        List<Relocation> relocations =
                Assembled.object(
                                Mode.BITS_64,
                                asm -> {
                                    asm.lea(Register.RAX, Memory.relative("a"));
                                    asm.cmp(Width.QUADWORD, Memory.relative("b"), 0);
                                    asm.cmp(Width.DOUBLEWORD, Memory.relative("c"), 1000);
                                    asm.call("d");
                                })
                        .relocations();
        assertEquals(
                List.of(
                        new Relocation(".text", 3, RelocationType.RELATIVE_32, "a", -4),
                        new Relocation(".text", 10, RelocationType.RELATIVE_32, "b", -5),
                        new Relocation(".text", 17, RelocationType.RELATIVE_32, "c", -8),
                        new Relocation(".text", 26, RelocationType.RELATIVE_32, "d", -4)),
                relocations);
    }

    @Test
    void absoluteAddressesAreAsWideAsTheirFields() {
        assertEquals(
                List.of(
                        new Relocation(".text", 2, RelocationType.ABSOLUTE_64, "a", 1),
                        new Relocation(".text", 11, RelocationType.ABSOLUTE_32, "b", -2)),
                Assembled.object(
                                Mode.BITS_64,
                                asm -> {
                                    asm.movAddress(Register.RDI, "a", 1);
                                    asm.movAddress(Register.EDI, "b", -2);
                                })
                        .relocations());
        assertEquals(
                List.of(
                        new Relocation(".text", 2, RelocationType.ABSOLUTE_32, "c", 8),
                        new Relocation(".text", 7, RelocationType.ABSOLUTE_32, "d", 0)),
                Assembled.object(
                                Mode.BITS_32,
                                asm -> {
                                    asm.mov(Memory.absolute("c", 8), Register.EAX);
                                    asm.jmpFar(8, "d");
                                })
                        .relocations());
    }

    @Test
    void whatHasNoEncodingIsRefused() {
        assertRefused(Mode.BITS_32, asm -> asm.mov(Register.RAX, Register.RBX));
        assertRefused(Mode.BITS_32, asm -> asm.mov(Register.R8D, Register.EAX));
        assertRefused(Mode.BITS_32, asm -> asm.lea(Register.EAX, Memory.relative("a")));
        assertRefused(Mode.BITS_64, asm -> asm.mov(Register.RAX, Memory.at(Register.EBX)));
        assertRefused(Mode.BITS_64, asm -> asm.mov(Register.RAX, Register.EBX));
        assertRefused(Mode.BITS_64, asm -> asm.push(Register.EAX));
        assertRefused(Mode.BITS_64, asm -> asm.add(Register.RAX, 1L << 31));
        assertRefused(Mode.BITS_64, asm -> asm.mov(Register.AL, 256));
        assertRefused(Mode.BITS_64, asm -> asm.shl(Register.EAX, 32));
        assertRefused(Mode.BITS_64, asm -> asm.jmpFar(8, "a"));
        assertRefused(Mode.BITS_64, asm -> asm.mov(SegmentRegister.CS, Register.RAX));
        assertRefused(Mode.BITS_64, asm -> asm.in(Register.RAX));
        assertRefused(Mode.BITS_64, asm -> asm.movzx(Register.RAX, Register.EAX));
        assertRefused(Mode.BITS_64, asm -> asm.movzx(Register.AX, Register.CX));
        assertRefused(Mode.BITS_64, asm -> asm.lea(Register.AL, Memory.at(Register.RAX)));
        assertRefused(Mode.BITS_64, asm -> asm.rdrand(Register.AL));
        assertRefused(Mode.BITS_64, asm -> asm.mov(Register.AL, SegmentRegister.DS));
        assertRefused(Mode.BITS_16, asm -> asm.mov(Register.EAX, Memory.absolute(0x10000)));
        assertThrows(
                IllegalArgumentException.class, () -> Memory.at(Register.RAX, Register.RSP, 1, 0));
        assertThrows(
                IllegalArgumentException.class, () -> Memory.at(Register.RAX, Register.RBX, 3, 0));
    }

    @Test
    void aJumpToNowhereIsNoticed() {
        assertThrows(
                IllegalStateException.class,
                () ->
                        Assembled.object(
                                Mode.BITS_64,
                                asm -> asm.function("f", () -> asm.jmp(new Label()))));
    }

    private static void assertBytes(Mode mode, String expected, Consumer<Assembler> code) {
        assertEquals(expected, Assembled.hex(mode, code));
    }

    private static void assertRefused(Mode mode, Consumer<Assembler> code) {
        assertThrows(IllegalArgumentException.class, () -> Assembled.bytes(mode, code));
    }
}
