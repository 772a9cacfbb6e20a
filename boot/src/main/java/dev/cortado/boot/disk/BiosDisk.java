package dev.cortado.boot.disk;

import static dev.cortado.boot.x86.Register.AX;
import static dev.cortado.boot.x86.Register.BX;
import static dev.cortado.boot.x86.Register.CL;
import static dev.cortado.boot.x86.Register.DL;
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
import dev.cortado.boot.x86.Width;

/** The disk as the BIOS offers it (EDD, chapter 4). */
final class BiosDisk {

    /**
     * 16-bit function: reads ecx sectors (up to {@link LowMemory#BUFFER_SECTORS}) from number eax
     * to the address in ebx, a multiple of 16 below 1 MiB. Returns only if that worked. Clobbers
     * all registers.
     */
    static final String READ = "cortado_disk_read";

    private static final String NO_EXTENSIONS = "cortado_disk_message_no_extensions";
    private static final String CANNOT_READ = "cortado_disk_message_cannot_read";

    private static final int DISK = 0x13;
    private static final int RESET = 0;

    /** "Check Extensions Present" (EDD, 4.3.1). */
    private static final int CHECK_EXTENSIONS = 0x4100;

    private static final int CHECK_IN = 0x55AA;
    private static final int CHECK_OUT = 0xAA55;

    /** In cx: the functions that take an address packet are there. */
    private static final int PACKET_FUNCTIONS = 1;

    /** "Extended Read" (EDD, 4.3.3). */
    private static final int EXTENDED_READ = 0x4200;

    // The packet: u8 size, u8 reserved, u16 blocks, u32 buffer (offset, segment), u64 first block.
    private static final int PACKET_SIZE = 16;
    private static final int PACKET_BUFFER = LowMemory.PACKET + 4;
    private static final int PACKET_BLOCK = LowMemory.PACKET + 8;
    private static final int PACKET_BLOCK_HIGH = LowMemory.PACKET + 12;

    private static final int ATTEMPTS = 4;

    private BiosDisk() {}

    static void append(DiskCode code) {
        code.text.function(READ, () -> read(code));
        DiskFailure.message(code, NO_EXTENSIONS, "this BIOS has no INT 13h extensions");
        DiskFailure.message(code, CANNOT_READ, "the disk cannot be read, or ends too early");
    }

    /** 16-bit code in the middle of a function: goes on if the disk can be read. dl = drive. */
    static void requireExtensions(DiskCode code) {
        Assembler asm = code.code16;
        Label missing = new Label();
        Label there = new Label();
        asm.mov(AX, CHECK_EXTENSIONS);
        asm.mov(BX, CHECK_IN);
        asm.interrupt(DISK);
        asm.jcc(Condition.CARRY, missing);
        asm.cmp(BX, CHECK_OUT);
        asm.jcc(Condition.NOT_EQUAL, missing);
        asm.test(CL, PACKET_FUNCTIONS);
        asm.jcc(Condition.NOT_ZERO, there);
        asm.bind(missing);
        code.fail(NO_EXTENSIONS);
        asm.bind(there);
    }

    private static void read(DiskCode code) {
        Assembler asm = code.code16;
        Label done = new Label();
        asm.mov(Memory.absolute(PACKET_BLOCK), EAX);
        asm.mov(Width.DOUBLEWORD, Memory.absolute(PACKET_BLOCK_HIGH), 0);
        // The segment is in the upper half, the offset in the lower one is 0.
        asm.shl(EBX, 12);
        asm.mov(Memory.absolute(PACKET_BUFFER), EBX);
        asm.mov(EDI, ECX);
        asm.shl(EDI, Short.SIZE);
        asm.or(EDI, PACKET_SIZE);
        asm.mov(EBP, ATTEMPTS);
        Label again = asm.here();
        // After an error, the BIOS has put the number of blocks that it read there.
        asm.mov(Memory.absolute(LowMemory.PACKET), EDI);
        asm.mov(AX, EXTENDED_READ);
        asm.mov(ESI, LowMemory.PACKET);
        asm.mov(DL, Memory.absolute(LowMemory.DRIVE));
        asm.interrupt(DISK);
        asm.jcc(Condition.NOT_CARRY, done);
        asm.mov(AX, RESET);
        asm.mov(DL, Memory.absolute(LowMemory.DRIVE));
        asm.interrupt(DISK);
        asm.sub(EBP, 1);
        asm.jcc(Condition.NOT_ZERO, again);
        code.fail(CANNOT_READ);
        asm.bind(done);
        asm.ret();
    }
}
