package dev.cortado.boot.stubs;

import dev.cortado.boot.disk.DiskImage;
import dev.cortado.boot.layout.KernelSegment;
import dev.cortado.boot.linux.LinuxImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Files with an image of {@link TestLinker}'s, for other loaders. */
final class TestDisk {
    private static final int PROGRAM_HEADERS = 64;
    private static final int PROGRAM_HEADER_SIZE = 56;

    /** The address in the PVH note, which is the image's first section. */
    private static final int ENTRY = 0x1000 + 16;

    private TestDisk() {}

    static byte[] of(byte[] elf) {
        return of(elf, DiskImage.Signer.NONE);
    }

    static byte[] of(byte[] elf, DiskImage.Signer signer) {
        ByteBuffer image = ByteBuffer.wrap(elf).order(ByteOrder.LITTLE_ENDIAN);
        return new DiskImage(image, segments(image), image.getLong(ENTRY)).create(signer).array();
    }

    /** The same image as loaders of Linux take it. */
    static byte[] linux(byte[] elf) {
        ByteBuffer image = ByteBuffer.wrap(elf).order(ByteOrder.LITTLE_ENDIAN);
        return LinuxImage.create(image, segments(image), image.getLong(ENTRY)).array();
    }

    private static List<KernelSegment> segments(ByteBuffer image) {
        List<KernelSegment> segments = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            int header = PROGRAM_HEADERS + i * PROGRAM_HEADER_SIZE;
            long size = image.getLong(header + 40);
            if (size > 0) {
                segments.add(
                        new KernelSegment(
                                image.getLong(header + 8),
                                image.getLong(header + 32),
                                image.getLong(header + 24),
                                size));
            }
        }
        return segments;
    }
}
