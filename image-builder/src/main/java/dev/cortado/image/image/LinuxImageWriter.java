package dev.cortado.image.image;

import dev.cortado.boot.linux.LinuxImage;
import dev.cortado.image.elf.ElfBytes;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Writes a guest image for loaders of Linux: {@link dev.cortado.boot.linux.LinuxLayout}. */
final class LinuxImageWriter implements ImageWriter {
    @Override
    public void write(GuestImage image, Path file) {
        ByteBuffer elf = new ElfImageWriter().toBytes(image);
        var segments = KernelSegments.of(new ElfBytes("the image", elf));
        AtomicFile.write(file, LinuxImage.create(elf, segments, image.entryPoint()));
    }
}
