package dev.cortado.image.image;

import dev.cortado.boot.linux.LinuxImage;
import dev.cortado.boot.linux.LinuxLayout;
import dev.cortado.image.UserError;
import dev.cortado.image.elf.ElfBytes;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/** Reads what {@link LinuxImageWriter} writes, and checks it byte for byte. */
final class LinuxImageReader {
    private final ElfBytes bytes;
    private final ByteBuffer file;

    LinuxImageReader(ElfBytes bytes, ByteBuffer file) {
        this.bytes = bytes;
        this.file = file;
    }

    /** Whether it is what loaders of Linux load, Cortado's or not. */
    static boolean isLinux(ElfBytes bytes) {
        return bytes.size() >= LinuxLayout.SETUP_SIZE
                && bytes.int32(LinuxLayout.MAGIC, "the header") == LinuxLayout.MAGIC_VALUE;
    }

    ImageFile read(Path path) {
        int offset = LinuxLayout.SETUP_SIZE + LinuxLayout.IMAGE_OFFSET;
        if (bytes.int32(LinuxLayout.PAYLOAD_OFFSET, "the header") != LinuxLayout.IMAGE_OFFSET) {
            throw new UserError(
                    bytes.file() + " is a kernel of Linux's, and no image of Cortado's");
        }
        long size = bytes.unsignedInt(LinuxLayout.PAYLOAD_SIZE, "the header");
        ByteBuffer image = bytes.slice(offset, size, "the image in it");
        ElfBytes elf = new ElfBytes(bytes.file(), image);
        ImageFile inner = new ElfImageReader(elf, image).read(path);
        requireMadeOf(elf, image, inner.entryPoint());
        return new ImageFile(
                path,
                ImageFormat.BZIMAGE,
                bytes.size(),
                inner.segments(),
                inner.entryPoint(),
                inner.bootNotes(),
                Optional.empty(),
                inner.manifest());
    }

    /** All that is in the file follows from the image. */
    private void requireMadeOf(ElfBytes elf, ByteBuffer image, long entry) {
        ByteBuffer same;
        try {
            same = LinuxImage.create(image, KernelSegments.of(elf), entry);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw bytes.damaged("its code cannot load the image in it (%s)", e.getMessage());
        }
        int at = same.mismatch(file.slice(0, file.limit()));
        if (at >= 0) {
            throw bytes.damaged("byte %d is not what belongs to the image in it", at);
        }
    }
}
