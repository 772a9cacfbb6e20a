package dev.cortado.boot.disk;

import static dev.cortado.boot.x86.Register.AX;
import static dev.cortado.boot.x86.Register.CX;
import static dev.cortado.boot.x86.Register.DL;
import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.EBX;
import static dev.cortado.boot.x86.Register.ESI;
import static dev.cortado.boot.x86.Register.ESP;

import dev.cortado.boot.gpt.PartitionTable;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.SegmentRegister;

/**
 * What the BIOS loads and starts, in real mode with the disk's number in dl: it reads header and
 * loader to where they follow in memory, and goes on there.
 */
final class BootSector {

    private static final String START = "cortado_disk_start";
    private static final String DAMAGED = "cortado_disk_message_damaged";

    private static final int SECTORS = DiskLayout.LOADER_SECTORS;
    private static final int WORDS = SECTORS * DiskLayout.SECTOR_SIZE / Integer.BYTES;

    private BootSector() {}

    static void append(DiskCode code) {
        Assembler asm = code.code16;
        // Some BIOSes start it at 07C0:0000.
        asm.jmpFar(0, START);
        code.text.function(START, () -> start(code));
        BiosDisk.append(code);
        DiskFailure.append(code);
        DiskFailure.message(code, DAMAGED, "the disk is damaged");
        if (code.text.offset() > PartitionTable.BOOT_CODE_SIZE) {
            throw new IllegalStateException("boot sector of " + code.text.offset() + " bytes");
        }
    }

    private static void start(DiskCode code) {
        Assembler asm = code.code16;
        asm.cli();
        asm.cld();
        asm.xor(EAX, EAX);
        asm.mov(SegmentRegister.DS, AX);
        asm.mov(SegmentRegister.ES, AX);
        asm.mov(SegmentRegister.SS, AX);
        asm.mov(ESP, LowMemory.STACK_TOP);
        asm.sti();
        asm.mov(Memory.absolute(LowMemory.DRIVE), DL);
        BiosDisk.requireExtensions(code);
        asm.mov(EAX, DiskLayout.HEADER_SECTOR);
        asm.mov(CX, SECTORS);
        asm.mov(EBX, LowMemory.HEADER);
        asm.call(BiosDisk.READ);
        asm.mov(ESI, LowMemory.HEADER);
        asm.mov(CX, WORDS);
        asm.mov(EAX, DiskLayout.BOOT_SUM);
        Label next = asm.here();
        asm.sub(EAX, Memory.at(ESI));
        asm.add(ESI, Integer.BYTES);
        asm.sub(CX, 1);
        asm.jcc(Condition.NOT_ZERO, next);
        asm.test(EAX, EAX);
        code.failIf(Condition.NOT_ZERO, DAMAGED);
        asm.jmp(Loader.LOADER);
    }
}
