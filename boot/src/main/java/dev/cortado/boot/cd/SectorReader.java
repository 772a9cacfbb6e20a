package dev.cortado.boot.cd;

import static dev.cortado.boot.x86.Register.AX;
import static dev.cortado.boot.x86.Register.BX;
import static dev.cortado.boot.x86.Register.CX;
import static dev.cortado.boot.x86.Register.DL;
import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.EBP;
import static dev.cortado.boot.x86.Register.EBX;
import static dev.cortado.boot.x86.Register.ECX;
import static dev.cortado.boot.x86.Register.EDI;
import static dev.cortado.boot.x86.Register.EDX;
import static dev.cortado.boot.x86.Register.ESI;
import static dev.cortado.boot.x86.Register.ESP;

import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Register;
import dev.cortado.boot.x86.SegmentRegister;
import dev.cortado.boot.x86.Width;

/**
 * A handler of INT 13h for one drive, with the two functions that a disk's boot sector and loader
 * need (EDD, 4.3.1 and 4.3.3). They are its only callers, and have 0 in all segments and in the
 * upper halves of their registers; whatever else it is asked for goes to the BIOS.
 */
final class SectorReader {
    static final int SECTOR_BYTES = 512;
    static final int EXTENDED_READ = 0x4200;

    /** In a packet, u64: the first sector. */
    static final int PACKET_BLOCK = 8;

    private static final int PACKET_COUNT = 2;
    private static final int PACKET_OFFSET = 4;
    private static final int PACKET_SEGMENT = 6;

    /** Of 16 bytes, for one sector. */
    private static final int PACKET_OF_ONE = 0x0001_0010;

    private static final int DISK = 0x13;
    private static final int CHECK = 0x41;
    private static final int READ = 0x42;
    private static final int CHECKED = 0xAA55;
    private static final int VERSION = 0x2100;
    private static final int PACKET_FUNCTIONS = 1;

    /** "Bad sector", in ah. */
    private static final int READ_ERROR = 0x0A00;

    private static final int CARRY = 1;

    /** A drive that there is not. */
    private static final int NO_DRIVE = 0x7F;

    /** What {@link #read} saves, from the last pushed. */
    private static final Register[] SAVED = {EBP, EDI, ESI, EDX, ECX, EBX};

    /** Sectors of a disk in one of the CD: a power of two. */
    private static final int RATIO_BITS = 2;

    private static final int SECTOR_BITS = 9;

    private final Assembler asm;
    private final Label bios;
    private final int firstSector;

    /**
     * @param bios a far jump to the BIOS's handler
     */
    SectorReader(Assembler asm, Label bios, int firstSector) {
        this.asm = asm;
        this.bios = bios;
        this.firstSector = firstSector;
    }

    /** Writes size, count and an address below 64 KiB into a packet for one sector. */
    static void packet(Assembler asm, int packet, int address) {
        asm.mov(Width.DOUBLEWORD, Memory.absolute(packet), PACKET_OF_ONE);
        asm.mov(Width.DOUBLEWORD, Memory.absolute(packet + PACKET_OFFSET), address);
    }

    void append() {
        Label check = new Label();
        Label read = new Label();
        Label failed = new Label();
        // The number is written here later.
        asm.cmp(DL, NO_DRIVE);
        asm.jcc(Condition.NOT_EQUAL, bios);
        asm.push(EAX);
        asm.shr(AX, Byte.SIZE);
        asm.cmp(AX, READ);
        asm.jcc(Condition.EQUAL, read);
        asm.cmp(AX, CHECK);
        asm.jcc(Condition.EQUAL, check);
        asm.pop(EAX);
        asm.jmp(bios);
        asm.bind(check);
        asm.pop(EAX);
        asm.mov(BX, CHECKED);
        asm.mov(CX, PACKET_FUNCTIONS);
        asm.mov(AX, VERSION);
        endWith(false);
        asm.bind(read);
        read(failed);
        asm.pop(EAX);
        asm.and(EAX, 0xFF);
        endWith(false);
        asm.bind(failed);
        restore();
        asm.pop(EAX);
        asm.mov(AX, READ_ERROR);
        endWith(true);
    }

    /** Returns to the caller, whose carry flag says whether it worked. */
    private void endWith(boolean carry) {
        // On the stack are eax, ip, cs and flags.
        Memory flags = Memory.at(ESP, Integer.BYTES + 2 * Short.BYTES);
        asm.push(EAX);
        asm.mov(AX, flags);
        asm.and(AX, ~CARRY);
        if (carry) {
            asm.or(AX, CARRY);
        }
        asm.mov(flags, AX);
        asm.pop(EAX);
        asm.iretw();
    }

    /** esi = the packet. */
    private void read(Label failed) {
        Label next = new Label();
        Label present = new Label();
        Label done = new Label();
        for (int i = SAVED.length - 1; i >= 0; i--) {
            asm.push(SAVED[i]);
        }
        asm.mov(EBP, Memory.at(ESI, PACKET_BLOCK));
        asm.xor(ECX, ECX);
        asm.mov(CX, Memory.at(ESI, PACKET_COUNT));
        asm.xor(EBX, EBX);
        asm.mov(BX, Memory.at(ESI, PACKET_SEGMENT));
        asm.shl(EBX, 4);
        asm.xor(EAX, EAX);
        asm.mov(AX, Memory.at(ESI, PACKET_OFFSET));
        asm.add(EBX, EAX);
        asm.bind(next);
        asm.test(ECX, ECX);
        asm.jcc(Condition.ZERO, done);
        asm.mov(EAX, EBP);
        asm.shr(EAX, RATIO_BITS);
        asm.add(EAX, firstSector);
        asm.mov(EDI, Memory.absolute(CdMemory.SECTOR_NUMBER));
        asm.cmp(EAX, EDI);
        asm.jcc(Condition.EQUAL, present);
        readFromCd(failed);
        asm.bind(present);
        copy();
        asm.add(EBX, SECTOR_BYTES);
        asm.add(EBP, 1);
        asm.sub(ECX, 1);
        asm.jmp(next);
        asm.bind(done);
        restore();
    }

    private void restore() {
        asm.xor(EAX, EAX);
        asm.mov(SegmentRegister.ES, AX);
        for (Register register : SAVED) {
            asm.pop(register);
        }
    }

    /** eax = sector of the CD. Keeps ebx, ecx and ebp. */
    private void readFromCd(Label failed) {
        asm.push(EBX);
        asm.push(ECX);
        asm.push(EBP);
        asm.mov(Width.DOUBLEWORD, Memory.absolute(CdMemory.SECTOR_NUMBER), -1);
        packet(asm, CdMemory.PACKET, CdMemory.SECTOR);
        asm.mov(Memory.absolute(CdMemory.PACKET + PACKET_BLOCK), EAX);
        asm.xor(EDX, EDX);
        asm.mov(Memory.absolute(CdMemory.PACKET + PACKET_BLOCK + Integer.BYTES), EDX);
        asm.mov(ESI, CdMemory.PACKET);
        asm.mov(DL, Memory.absolute(CdMemory.DRIVE));
        asm.mov(AX, EXTENDED_READ);
        // The BIOS is to get this one.
        asm.mov(Width.BYTE, Memory.absolute(CdMemory.DRIVE_COMPARED), NO_DRIVE);
        asm.interrupt(DISK);
        asm.pop(EBP);
        asm.pop(ECX);
        asm.pop(EBX);
        asm.mov(DL, Memory.absolute(CdMemory.DRIVE));
        asm.mov(Memory.absolute(CdMemory.DRIVE_COMPARED), DL);
        asm.jcc(Condition.CARRY, failed);
        asm.mov(EAX, Memory.absolute(CdMemory.PACKET + PACKET_BLOCK));
        asm.mov(Memory.absolute(CdMemory.SECTOR_NUMBER), EAX);
    }

    /** From the CD's sector, of which ebp says the part, to the address in ebx. */
    private void copy() {
        asm.mov(ESI, EBP);
        asm.and(ESI, (1 << RATIO_BITS) - 1);
        asm.shl(ESI, SECTOR_BITS);
        asm.add(ESI, CdMemory.SECTOR);
        asm.mov(EAX, EBX);
        asm.shr(EAX, 4);
        asm.mov(SegmentRegister.ES, AX);
        asm.mov(EDI, EBX);
        asm.and(EDI, 0xF);
        asm.push(ECX);
        asm.mov(ECX, SECTOR_BYTES / Integer.BYTES);
        asm.cld();
        asm.repMovs(Width.DOUBLEWORD);
        asm.pop(ECX);
    }
}
