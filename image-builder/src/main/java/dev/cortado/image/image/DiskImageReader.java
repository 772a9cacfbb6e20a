package dev.cortado.image.image;

import dev.cortado.boot.disk.DiskImage;
import dev.cortado.boot.disk.DiskLayout;
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
                && bytes.unsignedShort(DiskLayout.BOOT_SIGNATURE, "the boot signature")
                        == DiskLayout.BOOT_SIGNATURE_VALUE;
    }

    ImageFile read(Path path) {
        if (bytes.size() < HEADER + Long.BYTES
                || bytes.int64(HEADER + DiskLayout.MAGIC, "the header") != DiskLayout.MAGIC_VALUE) {
            throw new UserError(
                    bytes.file() + " is a disk, but none of Cortado's: it has no header");
        }
        ByteBuffer boot = bytes.slice(0, DiskLayout.BOOT_SIZE, "the loader");
        int expected = boot.getInt(HEADER + DiskLayout.CHECKSUM);
        int found = DiskImage.checksum(boot);
        if (expected != found) {
            throw bytes.damaged(
                    "the checksum of boot sector, header and loader should be %08x and is %08x",
                    expected, found);
        }
        String line = commandLine();
        long size = boot.getLong(HEADER + DiskLayout.IMAGE_SIZE);
        ByteBuffer image = bytes.slice(DiskLayout.IMAGE_OFFSET, size, "the image on it");
        ElfBytes elf = new ElfBytes(bytes.file(), image);
        ImageFile inner = new ElfImageReader(elf, image).read(path);
        requireSameSegments(elf, image, inner.entryPoint());
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

    /** What the loader loads has to be what the ELF file says. */
    private void requireSameSegments(ElfBytes elf, ByteBuffer image, long entry) {
        ByteBuffer same;
        try {
            same = DiskImage.create(image, DiskSegments.of(elf), entry);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw bytes.damaged("its loader cannot load the image on it (%s)", e.getMessage());
        }
        ByteBuffer expected = same.slice(HEADER, DiskLayout.CHECKSUM);
        if (!expected.equals(disk.slice(HEADER, DiskLayout.CHECKSUM))) {
            throw bytes.damaged("its header does not tell of the image on it");
        }
        if (bytes.size() != same.limit()) {
            throw bytes.damaged("it has %d bytes instead of %d", bytes.size(), same.limit());
        }
    }
}
