package dev.cortado.image.format.iso;

import static dev.cortado.boot.x86.Register.AL;
import static dev.cortado.boot.x86.Register.AX;
import static dev.cortado.boot.x86.Register.DX;
import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.EBX;
import static dev.cortado.boot.x86.Register.ECX;
import static dev.cortado.boot.x86.Register.ESI;
import static dev.cortado.boot.x86.Register.ESP;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.boot.object.ObjectBuilder;
import dev.cortado.boot.object.Section;
import dev.cortado.boot.object.SectionBuilder;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Mode;
import dev.cortado.boot.x86.Register;
import dev.cortado.boot.x86.SegmentRegister;
import dev.cortado.boot.x86.Width;
import dev.cortado.image.Tools;
import dev.cortado.image.format.bytes.TestDisks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A disk whose boot sector adds up some of its sectors, started from a CD by QEMU's BIOS. */
class CdBootTest {
    private static final int SECTOR_BYTES = 512;
    private static final int PACKET = 0x600;
    private static final int NO_INTERRUPTS = 0x700;
    private static final int BUFFER_SEGMENT = 0x1000;
    private static final int DEBUG_PORT = 0xE9;
    private static final int DISK = 0x13;

    @TempDir Path directory;

    /** On an IDE and on an AHCI controller; the ranges begin and end inside sectors of the CD. */
    @ParameterizedTest
    @CsvSource({"pc,3,127", "q35,5,126"})
    void itsSectorsAreThoseOfTheDisk(String machine, int first, int count)
            throws IOException, InterruptedException {
        Tools.run("qemu-system-x86_64", "--version");
        byte[] disk = new byte[1 << 20];
        new Random(TestDisks.SEED).nextBytes(disk);
        byte[] code = bootSector(first, count);
        System.arraycopy(code, 0, disk, 0, code.length);
        disk[510] = 0x55;
        disk[511] = (byte) 0xAA;
        Path cd = directory.resolve("a.iso");
        IsoWriter.write(TestDisks.source(disk), "a", cd);
        Path said = directory.resolve("said");
        Tools.run(
                "timeout",
                "60",
                "qemu-system-x86_64",
                "-accel",
                "tcg",
                "-machine",
                machine,
                "-m",
                "32",
                "-display",
                "none",
                "-nodefaults",
                "-no-reboot",
                "-debugcon",
                "file:" + said,
                "-boot",
                "d",
                "-cdrom",
                cd);
        ByteBuffer sum = ByteBuffer.wrap(Files.readAllBytes(said)).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(sum(disk, first, count), sum.getInt());
    }

    private static int sum(byte[] disk, int first, int count) {
        ByteBuffer words = ByteBuffer.wrap(disk).order(ByteOrder.LITTLE_ENDIAN);
        int sum = 0;
        for (int at = first * SECTOR_BYTES; at < (first + count) * SECTOR_BYTES; at += 4) {
            sum += words.getInt(at);
        }
        return sum;
    }

    /** Writes the sum to the port, and ends the machine; without it if nothing can be read. */
    private static byte[] bootSector(int first, int count) {
        ObjectBuilder object = new ObjectBuilder("test");
        SectionBuilder text = object.section(".text", Section.Kind.TEXT, 16);
        Assembler asm = new Assembler(text, Mode.BITS_16);
        Label end = new Label();
        asm.cli();
        asm.xor(EAX, EAX);
        asm.mov(SegmentRegister.DS, AX);
        asm.mov(SegmentRegister.ES, AX);
        asm.mov(SegmentRegister.SS, AX);
        asm.mov(ESP, 0x7C00);
        asm.mov(Width.DOUBLEWORD, Memory.absolute(NO_INTERRUPTS), 0);
        asm.mov(Width.DOUBLEWORD, Memory.absolute(PACKET), count << 16 | 16);
        asm.mov(Width.DOUBLEWORD, Memory.absolute(PACKET + 4), BUFFER_SEGMENT << 16);
        asm.mov(Width.DOUBLEWORD, Memory.absolute(PACKET + 8), first);
        asm.mov(Width.DOUBLEWORD, Memory.absolute(PACKET + 12), 0);
        asm.mov(ESI, PACKET);
        asm.mov(AX, 0x4200);
        asm.interrupt(DISK);
        asm.jcc(Condition.CARRY, end);
        asm.mov(AX, BUFFER_SEGMENT);
        asm.mov(SegmentRegister.DS, AX);
        asm.xor(ESI, ESI);
        asm.xor(EBX, EBX);
        asm.mov(ECX, count * SECTOR_BYTES / Integer.BYTES);
        Label next = asm.here();
        asm.mov(EAX, Memory.at(ESI));
        asm.add(EBX, EAX);
        asm.add(ESI, Integer.BYTES);
        asm.sub(ECX, 1);
        asm.jcc(Condition.NOT_ZERO, next);
        asm.mov(DX, DEBUG_PORT);
        for (int i = 0; i < Integer.BYTES; i++) {
            asm.mov(AL, Register.BL);
            asm.out(AL);
            asm.shr(EBX, Byte.SIZE);
        }
        asm.bind(end);
        asm.xor(EAX, EAX);
        asm.mov(SegmentRegister.DS, AX);
        asm.lidt(Memory.absolute(NO_INTERRUPTS));
        asm.int3();
        return object.build().sections().getFirst().contents();
    }
}
