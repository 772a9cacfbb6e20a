package dev.cortado.boot.disk;

import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.EBP;
import static dev.cortado.boot.x86.Register.EBX;
import static dev.cortado.boot.x86.Register.ECX;
import static dev.cortado.boot.x86.Register.EDI;
import static dev.cortado.boot.x86.Register.EDX;
import static dev.cortado.boot.x86.Register.ESI;

import dev.cortado.boot.layout.PvhStartInfo;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Width;

/** Whether there is memory where the image's segments are to be. */
final class ImageMemory {

    /** 16-bit function: returns only where there is. Clobbers all registers. */
    static final String REQUIRE = "cortado_disk_require_memory";

    private static final String CHECK = "cortado_disk_check_memory";
    private static final String TOO_LITTLE = "cortado_disk_message_too_little_memory";

    private static final int FIRST_MEBIBYTE = 0x10_0000;
    private static final int HIGH_HALF = Integer.BYTES;

    private ImageMemory() {}

    static void append(DiskCode code) {
        code.code16.function(REQUIRE, () -> require(code));
        code.code32.function(CHECK, () -> check(code.code32));
        DiskFailure.message(code, TOO_LITTLE, "this machine has too little memory for the image");
    }

    private static void require(DiskCode code) {
        Assembler asm = code.code16;
        asm.movAddress(EBP, CHECK, 0);
        asm.call(ProtectedMode.CALL);
        asm.test(EAX, EAX);
        code.failIf(Condition.ZERO, TOO_LITTLE);
        asm.ret();
    }

    /** eax = 1 if each segment is in a range of memory from 1 MiB, else 0. */
    private static void check(Assembler asm) {
        Label missing = new Label();
        asm.mov(ESI, LowMemory.HEADER + DiskLayout.SEGMENTS);
        asm.mov(EDX, Memory.absolute(LowMemory.HEADER + DiskLayout.SEGMENT_COUNT));
        Label segment = asm.here();
        Label found = new Label();
        asm.mov(EAX, Memory.at(ESI, DiskLayout.SEGMENT_ADDRESS));
        asm.cmp(EAX, FIRST_MEBIBYTE);
        asm.jcc(Condition.BELOW, missing);
        asm.mov(EBX, Memory.at(ESI, DiskLayout.SEGMENT_MEMORY_SIZE));
        asm.add(EBX, EAX);
        asm.jcc(Condition.CARRY, missing);
        findRange(asm, found, missing);
        asm.bind(found);
        asm.add(ESI, DiskLayout.SEGMENT_SIZE);
        asm.sub(EDX, 1);
        asm.jcc(Condition.NOT_ZERO, segment);
        asm.mov(EAX, 1);
        asm.ret();
        asm.bind(missing);
        asm.xor(EAX, EAX);
        asm.ret();
    }

    /** Jumps to where eax to ebx is in one range, or is not. Clobbers ecx, edi, ebp. */
    private static void findRange(Assembler asm, Label found, Label missing) {
        Label skip = new Label();
        asm.mov(EDI, LowMemory.MEMORY_MAP);
        asm.mov(ECX, Memory.absolute(LowMemory.RANGES));
        Label range = asm.here();
        asm.cmp(
                Width.DOUBLEWORD,
                Memory.at(EDI, PvhStartInfo.MEMORY_TYPE),
                PvhStartInfo.MEMORY_TYPE_RAM);
        asm.jcc(Condition.NOT_EQUAL, skip);
        asm.cmp(Width.DOUBLEWORD, Memory.at(EDI, PvhStartInfo.MEMORY_ADDRESS + HIGH_HALF), 0);
        asm.jcc(Condition.NOT_EQUAL, skip);
        asm.mov(EBP, Memory.at(EDI, PvhStartInfo.MEMORY_ADDRESS));
        asm.cmp(EBP, EAX);
        asm.jcc(Condition.ABOVE, skip);
        // A range that reaches beyond 4 GiB holds all that the segment's 32-bit addresses name.
        asm.cmp(Width.DOUBLEWORD, Memory.at(EDI, PvhStartInfo.MEMORY_LENGTH + HIGH_HALF), 0);
        asm.jcc(Condition.NOT_EQUAL, found);
        asm.push(EBX);
        asm.mov(EBX, Memory.at(EDI, PvhStartInfo.MEMORY_LENGTH));
        asm.add(EBP, EBX);
        asm.pop(EBX);
        asm.jcc(Condition.CARRY, found);
        asm.cmp(EBP, EBX);
        asm.jcc(Condition.ABOVE_OR_EQUAL, found);
        asm.bind(skip);
        asm.add(EDI, PvhStartInfo.MEMORY_ENTRY_SIZE);
        asm.sub(ECX, 1);
        asm.jcc(Condition.NOT_ZERO, range);
        asm.jmp(missing);
    }
}
