package dev.cortado.image.image;

import dev.cortado.boot.disk.DiskHeader;
import dev.cortado.boot.disk.DiskImage;
import dev.cortado.boot.disk.DiskLayout;
import dev.cortado.boot.gpt.PartitionTable;
import dev.cortado.boot.pe.PortableExecutable;
import dev.cortado.image.UserError;
import dev.cortado.image.elf.ElfBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Reads what {@link DiskImageWriter} writes, and checks it byte for byte. */
final class DiskImageReader {
    private static final int HEADER = DiskLayout.HEADER_OFFSET;

    private final ElfBytes bytes;
    private final ByteBuffer disk;

    DiskImageReader(ElfBytes bytes, ByteBuffer disk) {
        this.bytes = bytes;
        this.disk = disk;
    }

    /** Whether it begins as a disk with a boot sector does, Cortado's or not. */
    static boolean isDisk(ElfBytes bytes) {
        return bytes.size() >= DiskLayout.SECTOR_SIZE
                && bytes.unsignedShort(PartitionTable.BOOT_SIGNATURE, "the boot signature")
                        == PartitionTable.BOOT_SIGNATURE_VALUE;
    }

    ImageFile read(Path path) {
        if (bytes.size() < HEADER + Long.BYTES
                || bytes.int64(HEADER + DiskLayout.MAGIC, "the header") != DiskLayout.MAGIC_VALUE) {
            throw new UserError(
                    bytes.file() + " is a disk, but none of Cortado's: it has no header");
        }
        ByteBuffer boot = bytes.slice(0, DiskLayout.VOLUME_OFFSET, "the loader");
        int expected = boot.getInt(HEADER + DiskLayout.CHECKSUM);
        int found = DiskHeader.checksum(boot);
        if (expected != found) {
            throw bytes.damaged(
                    "the checksum of boot sector, header and loader should be %08x and is %08x",
                    expected, found);
        }
        String line = commandLine();
        long offset =
                bytes.unsignedInt(HEADER + DiskLayout.IMAGE_SECTOR, "the header")
                        * DiskLayout.SECTOR_SIZE;
        long size = boot.getLong(HEADER + DiskLayout.IMAGE_SIZE);
        ByteBuffer image = bytes.slice(offset, size, "the image on it");
        ElfBytes elf = new ElfBytes(bytes.file(), image);
        ImageFile inner = new ElfImageReader(elf, image).read(path);
        byte[] certificates = certificates(offset + PortableExecutable.padded(size));
        requireMadeOf(elf, image, inner.entryPoint(), certificates);
        return new ImageFile(
                path,
                ImageFormat.DISK,
                bytes.size(),
                inner.segments(),
                inner.entryPoint(),
                inner.bootNotes(),
                Optional.of(line),
                inner.manifest());
    }

    private byte[] certificates(long offset) {
        long size = bytes.unsignedInt(HEADER + DiskLayout.CERTIFICATES_SIZE, "the header");
        if (size % PortableExecutable.CERTIFICATES_ALIGNMENT != 0) {
            throw bytes.damaged("no certificate table has %d bytes", size);
        }
        return bytes.copy(offset, size, "the certificate table");
    }

    private String commandLine() {
        byte[] area =
                bytes.copy(
                        DiskLayout.COMMAND_LINE_OFFSET,
                        DiskLayout.COMMAND_LINE_SIZE,
                        "the command line");
        int end = 0;
        while (end < area.length && area[end] != 0) {
            end++;
        }
        if (end == area.length) {
            throw bytes.damaged("its command line has no end");
        }
        return new String(area, 0, end, StandardCharsets.UTF_8);
    }

    /** All that is on the disk but the command line follows from the image and its signature. */
    private void requireMadeOf(ElfBytes elf, ByteBuffer image, long entry, byte[] certificates) {
        ByteBuffer same;
        try {
            same = new DiskImage(image, KernelSegments.of(elf), entry).create(file -> certificates);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw bytes.damaged("its loaders cannot load the image on it (%s)", e.getMessage());
        }
        if (bytes.size() != same.limit()) {
            throw bytes.damaged("it has %d bytes instead of %d", bytes.size(), same.limit());
        }
        for (Part part : Part.values()) {
            int begin = part.begin;
            int end = part == Part.VOLUME ? same.limit() : part.end;
            int at = same.slice(begin, end - begin).mismatch(disk.slice(begin, end - begin));
            if (at >= 0) {
                throw bytes.damaged(
                        "in %s, byte %d is not what belongs to the image on it",
                        part.words, begin + at);
            }
        }
    }

    /** What is compared, and how errors call it. */
    private enum Part {
        TABLE("its partition table", 0, HEADER),
        LOADER("its header or loader", HEADER, DiskLayout.VOLUME_OFFSET),
        RECORD(
                "its volume's boot record",
                DiskLayout.VOLUME_OFFSET,
                DiskLayout.COMMAND_LINE_OFFSET),
        VOLUME("its volume", DiskLayout.COMMAND_LINE_OFFSET + DiskLayout.COMMAND_LINE_SIZE, 0);

        private final String words;
        private final int begin;
        private final int end;

        Part(String words, int begin, int end) {
            this.words = words;
            this.begin = begin;
            this.end = end;
        }
    }
}
