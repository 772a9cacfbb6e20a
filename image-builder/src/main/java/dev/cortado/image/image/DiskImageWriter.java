package dev.cortado.image.image;

import dev.cortado.boot.disk.DiskImage;
import dev.cortado.image.elf.ElfBytes;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Writes a guest image as a disk that firmware boots: {@link dev.cortado.boot.disk.DiskLayout}. */
public final class DiskImageWriter implements ImageWriter {
    private final DiskImage.Signer signer;

    /**
     * @param signer signs what UEFI starts
     */
    public DiskImageWriter(DiskImage.Signer signer) {
        this.signer = signer;
    }

    @Override
    public void write(GuestImage image, Path file) {
        AtomicFile.write(file, toBytes(image));
    }

    /** The file's bytes, from position 0 to the limit. */
    ByteBuffer toBytes(GuestImage image) {
        ByteBuffer elf = new ElfImageWriter().toBytes(image);
        var segments = KernelSegments.of(new ElfBytes("the image", elf));
        return new DiskImage(elf, segments, image.entryPoint()).create(signer);
    }
}
