package dev.cortado.benchmarks;

import dev.cortado.boot.x86.Mode;
import dev.cortado.image.elf.ElfBytes;
import dev.cortado.image.elf.ElfHeader;
import dev.cortado.image.elf.ElfProgramHeader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The least that a file of an image's size can do, as {@link HelloFloor} for QEMU's own loader: the
 * very first instructions that a loader or firmware runs of it write the line and end the machine.
 * All methods change bytes of an image in place.
 */
final class BootFloor {
    // Multiboot2 Specification 2.0, 3.1.
    private static final int MULTIBOOT_MAGIC = 0xe85250d6;
    private static final int MULTIBOOT_SEARCH_BYTES = 32768;
    private static final int MULTIBOOT_HEADER_BYTES = 16;
    private static final int ENTRY_TAG = 3;
    private static final int TAG_ALIGNMENT = 8;

    /** Linux's boot protocol, "The Real-Mode Kernel Header": jump. */
    private static final int LINUX_JUMP = 0x200;

    private static final int SHORT_JUMP = 0xeb;
    private static final int NEAR_JUMP = 0xe9;

    /** What a master boot record has for code. */
    private static final int BOOT_CODE_BYTES = 440;

    // Microsoft's "PE Format".
    private static final int SECTOR_BYTES = 512;
    private static final int DOS_MAGIC = 0x5a4d;
    private static final int PE_OFFSET = 0x3c;
    private static final int PE_MAGIC = 0x4550;
    private static final int SECTION_COUNT = 6;
    private static final int OPTIONAL_HEADER_BYTES = 20;
    private static final int FILE_HEADER_BYTES = 24;
    private static final int ENTRY_POINT = FILE_HEADER_BYTES + 16;
    private static final int SECTION_BYTES = 40;
    private static final int SECTION_ADDRESS = 12;
    private static final int SECTION_RAW_BYTES = 16;
    private static final int SECTION_RAW_OFFSET = 20;

    private BootFloor() {}

    private static ByteBuffer wrap(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** An ELF file that GRUB starts by Multiboot2. */
    static void multiboot(byte[] image, String line) {
        byte[] code = HelloFloor.code(line, Mode.BITS_32);
        ByteBuffer bytes = wrap(image);
        ElfBytes elf = new ElfBytes("the image", ByteBuffer.wrap(image));
        long entry = multibootEntry(bytes);
        List<ElfProgramHeader> segments = ElfHeader.read(elf).programHeaders(elf);
        bytes.put(Math.toIntExact(HelloFloor.offset(entry, segments, code.length)), code);
    }

    private static long multibootEntry(ByteBuffer bytes) {
        int limit = Math.min(MULTIBOOT_SEARCH_BYTES, bytes.capacity()) - MULTIBOOT_HEADER_BYTES;
        for (int header = 0; header <= limit; header += TAG_ALIGNMENT) {
            if (bytes.getInt(header) != MULTIBOOT_MAGIC) {
                continue;
            }
            int end = header + bytes.getInt(header + 8);
            int tag = header + MULTIBOOT_HEADER_BYTES;
            while (tag + 12 <= Math.min(end, bytes.capacity()) && bytes.getInt(tag + 4) > 0) {
                if (bytes.getShort(tag) == ENTRY_TAG) {
                    return Integer.toUnsignedLong(bytes.getInt(tag + 8));
                }
                tag += Math.ceilDiv(bytes.getInt(tag + 4), TAG_ALIGNMENT) * TAG_ALIGNMENT;
            }
        }
        throw new IllegalArgumentException("no header of Multiboot2 with an entry");
    }

    /** One that loaders of Linux start in real mode. */
    static void linux(byte[] image, String line) {
        ByteBuffer bytes = wrap(image);
        int jump = Byte.toUnsignedInt(bytes.get(LINUX_JUMP));
        int target =
                switch (jump) {
                    case SHORT_JUMP -> LINUX_JUMP + 2 + bytes.get(LINUX_JUMP + 1);
                    case NEAR_JUMP -> LINUX_JUMP + 3 + bytes.getShort(LINUX_JUMP + 1);
                    default ->
                            throw new IllegalArgumentException("no jump at the setup's beginning");
                };
        bytes.put(target, HelloFloor.code(line, Mode.BITS_16));
    }

    /** A disk that a BIOS starts. */
    static void bios(byte[] disk, String line) {
        byte[] code = HelloFloor.code(line, Mode.BITS_16);
        if (code.length > BOOT_CODE_BYTES) {
            throw new IllegalArgumentException("a boot sector has no room for " + code.length);
        }
        wrap(disk).put(0, code);
    }

    /** A disk whose first program for UEFI lies in one piece. */
    static void uefi(byte[] disk, String line) {
        ByteBuffer bytes = wrap(disk);
        for (int at = 0; at + SECTOR_BYTES <= disk.length; at += SECTOR_BYTES) {
            if (bytes.getShort(at) == DOS_MAGIC && putAtEntry(bytes, at, line)) {
                return;
            }
        }
        throw new IllegalArgumentException("the disk has no program for UEFI");
    }

    /** Returns false if it is no such program. */
    private static boolean putAtEntry(ByteBuffer bytes, int begin, String line) {
        int header = begin + bytes.getInt(begin + PE_OFFSET);
        if (header < begin
                || header + ENTRY_POINT + Integer.BYTES > bytes.capacity()
                || bytes.getInt(header) != PE_MAGIC) {
            return false;
        }
        int entry = bytes.getInt(header + ENTRY_POINT);
        int section = header + FILE_HEADER_BYTES + bytes.getShort(header + OPTIONAL_HEADER_BYTES);
        for (int count = bytes.getShort(header + SECTION_COUNT); count > 0; count--) {
            int into = entry - bytes.getInt(section + SECTION_ADDRESS);
            if (into >= 0 && into < bytes.getInt(section + SECTION_RAW_BYTES)) {
                int place = begin + bytes.getInt(section + SECTION_RAW_OFFSET) + into;
                bytes.put(place, HelloFloor.code(line, Mode.BITS_64));
                return true;
            }
            section += SECTION_BYTES;
        }
        return false;
    }
}
