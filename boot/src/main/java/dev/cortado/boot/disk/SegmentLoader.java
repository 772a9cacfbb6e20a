package dev.cortado.boot.disk;

import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.EBP;
import static dev.cortado.boot.x86.Register.EBX;
import static dev.cortado.boot.x86.Register.ECX;
import static dev.cortado.boot.x86.Register.EDI;
import static dev.cortado.boot.x86.Register.ESI;

import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Register;
import dev.cortado.boot.x86.Width;

/** Brings the image's segments to where they belong, by way of {@link LowMemory#BUFFER}. */
final class SegmentLoader {

    /** 16-bit function: returns only if all could be read. Clobbers all registers. */
    static final String LOAD = "cortado_disk_load";

    private static final String COPY = "cortado_disk_copy";
    private static final String FINISH = "cortado_disk_finish_segment";
    private static final String DAMAGED = "cortado_disk_message_image_damaged";

    private static final int WORDS_PER_SECTOR_LOG2 = 7;

    private SegmentLoader() {}

    static void append(DiskCode code) {
        code.code16.function(LOAD, () -> load(code));
        code.code32.function(COPY, () -> copy(code.code32));
        code.code32.function(FINISH, () -> finish(code.code32));
        DiskFailure.message(code, DAMAGED, "the image on the disk is damaged");
    }

    private static void load(DiskCode code) {
        Assembler asm = code.code16;
        asm.mov(EAX, LowMemory.HEADER + DiskLayout.SEGMENTS);
        store(asm, LowMemory.SEGMENT, EAX);
        asm.mov(EAX, Memory.absolute(LowMemory.HEADER + DiskLayout.SEGMENT_COUNT));
        store(asm, LowMemory.SEGMENTS_LEFT, EAX);

        Label segment = asm.here();
        Label end = new Label();
        asm.mov(ESI, Memory.absolute(LowMemory.SEGMENT));
        asm.mov(EAX, Memory.at(ESI, DiskLayout.SEGMENT_SECTOR));
        store(asm, LowMemory.NEXT_SECTOR, EAX);
        asm.mov(EAX, Memory.at(ESI, DiskLayout.SEGMENT_SECTORS));
        store(asm, LowMemory.SECTORS_LEFT, EAX);
        asm.mov(EAX, Memory.at(ESI, DiskLayout.SEGMENT_ADDRESS));
        store(asm, LowMemory.DESTINATION, EAX);
        asm.xor(EAX, EAX);
        store(asm, LowMemory.SUM, EAX);

        Label chunk = asm.here();
        readChunk(asm, end);
        asm.jmp(chunk);

        asm.bind(end);
        asm.movAddress(EBP, FINISH, 0);
        asm.call(ProtectedMode.CALL);
        asm.test(EAX, EAX);
        code.failIf(Condition.NOT_ZERO, DAMAGED);
        asm.mov(EAX, Memory.absolute(LowMemory.SEGMENT));
        asm.add(EAX, DiskLayout.SEGMENT_SIZE);
        store(asm, LowMemory.SEGMENT, EAX);
        asm.mov(EAX, Memory.absolute(LowMemory.SEGMENTS_LEFT));
        asm.sub(EAX, 1);
        store(asm, LowMemory.SEGMENTS_LEFT, EAX);
        asm.jcc(Condition.NOT_ZERO, segment);
        asm.ret();
    }

    private static void readChunk(Assembler asm, Label end) {
        Label small = new Label();
        asm.mov(ECX, Memory.absolute(LowMemory.SECTORS_LEFT));
        asm.test(ECX, ECX);
        asm.jcc(Condition.ZERO, end);
        asm.cmp(ECX, LowMemory.BUFFER_SECTORS);
        asm.jcc(Condition.BELOW_OR_EQUAL, small);
        asm.mov(ECX, LowMemory.BUFFER_SECTORS);
        asm.bind(small);
        asm.push(ECX);
        asm.mov(EAX, Memory.absolute(LowMemory.NEXT_SECTOR));
        asm.mov(EBX, LowMemory.BUFFER);
        asm.call(BiosDisk.READ);
        asm.pop(ECX);
        asm.mov(EAX, Memory.absolute(LowMemory.NEXT_SECTOR));
        asm.add(EAX, ECX);
        store(asm, LowMemory.NEXT_SECTOR, EAX);
        asm.mov(EAX, Memory.absolute(LowMemory.SECTORS_LEFT));
        asm.sub(EAX, ECX);
        store(asm, LowMemory.SECTORS_LEFT, EAX);
        asm.shl(ECX, WORDS_PER_SECTOR_LOG2);
        asm.movAddress(EBP, COPY, 0);
        asm.call(ProtectedMode.CALL);
    }

    /** Adds ecx words to the sum (its negative, rather), and copies them. */
    private static void copy(Assembler asm) {
        asm.mov(EAX, Memory.absolute(LowMemory.SUM));
        asm.mov(ESI, LowMemory.BUFFER);
        asm.push(ECX);
        Label next = asm.here();
        asm.sub(EAX, Memory.at(ESI));
        asm.add(ESI, Integer.BYTES);
        asm.sub(ECX, 1);
        asm.jcc(Condition.NOT_ZERO, next);
        asm.pop(ECX);
        store(asm, LowMemory.SUM, EAX);
        asm.mov(ESI, LowMemory.BUFFER);
        asm.mov(EDI, Memory.absolute(LowMemory.DESTINATION));
        asm.repMovs(Width.DOUBLEWORD);
        store(asm, LowMemory.DESTINATION, EDI);
        asm.ret();
    }

    /** Zeroes what is not in the file; eax = 0 if the sum is right. */
    private static void finish(Assembler asm) {
        asm.mov(EBX, Memory.absolute(LowMemory.SEGMENT));
        asm.mov(EAX, Memory.at(EBX, DiskLayout.SEGMENT_FILE_SIZE));
        asm.mov(ECX, Memory.at(EBX, DiskLayout.SEGMENT_MEMORY_SIZE));
        asm.sub(ECX, EAX);
        asm.mov(EDI, Memory.at(EBX, DiskLayout.SEGMENT_ADDRESS));
        asm.add(EDI, EAX);
        asm.xor(EAX, EAX);
        asm.repStos(Width.BYTE);
        asm.mov(EAX, Memory.absolute(LowMemory.SUM));
        asm.sub(EAX, Memory.at(EBX, DiskLayout.SEGMENT_SUM));
        asm.ret();
    }

    private static void store(Assembler asm, int variable, Register value) {
        asm.mov(Memory.absolute(variable), value);
    }
}
