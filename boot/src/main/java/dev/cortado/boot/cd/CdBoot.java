package dev.cortado.boot.cd;

import static dev.cortado.boot.x86.Register.AX;
import static dev.cortado.boot.x86.Register.BX;
import static dev.cortado.boot.x86.Register.DL;
import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.EBX;
import static dev.cortado.boot.x86.Register.ECX;
import static dev.cortado.boot.x86.Register.EDI;
import static dev.cortado.boot.x86.Register.ESI;
import static dev.cortado.boot.x86.Register.ESP;

import dev.cortado.boot.object.ObjectBuilder;
import dev.cortado.boot.object.Section;
import dev.cortado.boot.object.SectionBuilder;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Mode;
import dev.cortado.boot.x86.SegmentRegister;
import dev.cortado.boot.x86.Width;

/**
 * Lets a disk that is a file on a CD start as it does anywhere else: its boot sector reads sectors
 * of 512 bytes by INT 13h, where a BIOS has the CD's of 2048 bytes. So what the BIOS starts puts
 * {@link SectorReader} before the BIOS's handler, and starts the disk's first sector. (The
 * emulation of a hard disk that BIOSes have themselves knows no reads by a packet.)
 */
public final class CdBoot {
    /** Bytes of the code, a sector of a CD. */
    public static final int SIZE = 2048;

    /** Sectors of 512 bytes that a BIOS is to load. */
    public static final int SECTORS = SIZE / SectorReader.SECTOR_BYTES;

    /** The vector of INT 13h in the table at 0. */
    private static final int VECTOR = 0x13 * Integer.BYTES;

    private static final int DISK = 0x13;

    /** "Boot failed": the BIOS goes on with the next device. */
    private static final int NEXT_DEVICE = 0x18;

    private CdBoot() {}

    /**
     * The code, {@link #SIZE} bytes.
     *
     * @param firstSector of 2048 bytes, where the disk begins on the CD
     */
    public static byte[] create(int firstSector) {
        ObjectBuilder object = new ObjectBuilder("cortado-cd");
        SectionBuilder text = object.section(".text", Section.Kind.TEXT, 16);
        Assembler asm = new Assembler(text, Mode.BITS_16);
        text.function("cortado_cd_start", () -> start(asm, text));
        skipTo(text, CdMemory.OLD_HANDLER);
        Label bios = asm.here();
        asm.jmpFar(0, 0);
        skipTo(text, CdMemory.HANDLER);
        new SectorReader(asm, bios, firstSector).append();
        skipTo(text, CdMemory.RESIDENT + SIZE);
        return object.build().sections().getFirst().contents();
    }

    private static void skipTo(SectionBuilder text, int address) {
        int left = address - CdMemory.RESIDENT - text.offset();
        if (left < 0) {
            throw new IllegalStateException("code of a CD reaches beyond " + address);
        }
        text.skip(left);
    }

    /** At first where the BIOS has loaded it, then where it stays. dl = drive. */
    private static void start(Assembler asm, SectionBuilder text) {
        asm.cli();
        asm.cld();
        asm.xor(EAX, EAX);
        asm.mov(SegmentRegister.DS, AX);
        asm.mov(SegmentRegister.ES, AX);
        asm.mov(SegmentRegister.SS, AX);
        asm.mov(ESP, CdMemory.LOADED);
        asm.mov(ESI, CdMemory.LOADED);
        asm.mov(EDI, CdMemory.RESIDENT);
        asm.mov(ECX, SIZE / Integer.BYTES);
        asm.repMovs(Width.DOUBLEWORD);
        int farJump = 8;
        asm.jmpFar(0, CdMemory.RESIDENT + text.offset() + farJump);
        takeOver(asm);
        asm.sti();
        readFirstSector(asm);
        asm.mov(DL, Memory.absolute(CdMemory.DRIVE));
        asm.mov(EAX, CdMemory.LOADED);
        asm.jmp(EAX);
    }

    private static void takeOver(Assembler asm) {
        asm.mov(Memory.absolute(CdMemory.DRIVE), DL);
        asm.mov(Memory.absolute(CdMemory.DRIVE_COMPARED), DL);
        asm.mov(EAX, Memory.absolute(VECTOR));
        asm.mov(EBX, EAX);
        asm.shr(EBX, Short.SIZE);
        asm.and(EAX, 0xFFFF);
        asm.mov(Memory.absolute(CdMemory.OLD_HANDLER + 2), EAX);
        asm.mov(Memory.absolute(CdMemory.OLD_HANDLER + 6), BX);
        asm.mov(Width.DOUBLEWORD, Memory.absolute(VECTOR), CdMemory.HANDLER);
        asm.mov(Width.DOUBLEWORD, Memory.absolute(CdMemory.SECTOR_NUMBER), -1);
    }

    /** Through the handler, as the sector itself will read. */
    private static void readFirstSector(Assembler asm) {
        int packet = CdMemory.FIRST_PACKET;
        SectorReader.packet(asm, packet, CdMemory.LOADED);
        asm.xor(EAX, EAX);
        asm.mov(Memory.absolute(packet + SectorReader.PACKET_BLOCK), EAX);
        asm.mov(Memory.absolute(packet + SectorReader.PACKET_BLOCK + Integer.BYTES), EAX);
        asm.mov(ESI, packet);
        asm.mov(AX, SectorReader.EXTENDED_READ);
        asm.interrupt(DISK);
        Label read = new Label();
        asm.jcc(Condition.NOT_CARRY, read);
        asm.interrupt(NEXT_DEVICE);
        asm.bind(read);
    }
}
