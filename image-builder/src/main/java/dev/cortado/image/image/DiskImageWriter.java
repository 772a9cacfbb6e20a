package dev.cortado.image.image;

import dev.cortado.boot.disk.DiskImage;
import dev.cortado.image.elf.ElfBytes;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Writes a guest image as a disk that a BIOS boots: {@link dev.cortado.boot.disk.DiskLayout}. */
public final class DiskImageWriter implements ImageWriter {

    @Override
    public void write(GuestImage image, Path file) {
        AtomicFile.write(file, toBytes(image));
    }

    /** The file's bytes, from position 0 to the limit. */
    ByteBuffer toBytes(GuestImage image) {
        ByteBuffer elf = new ElfImageWriter().toBytes(image);
        var segments = DiskSegments.of(new ElfBytes("the image", elf));
        return DiskImage.create(elf, segments, image.entryPoint());
    }
}
