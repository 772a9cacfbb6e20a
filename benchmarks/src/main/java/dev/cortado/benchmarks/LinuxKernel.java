package dev.cortado.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.compressors.lz4.BlockLZ4CompressorInputStream;

/** The ELF file that is compressed in a bzImage. */
final class LinuxKernel {
    // Linux's boot protocol, "The Real-Mode Kernel Header".
    private static final int SETUP_SECTORS = 0x1f1;
    private static final int PAYLOAD_OFFSET = 0x248;
    private static final int PAYLOAD_LENGTH = 0x24c;
    private static final int SECTOR_BYTES = 512;

    /** LZ4 Frame Format, "Legacy frame": what Debian's kernels are compressed with. */
    private static final int LZ4_LEGACY = 0x184c2102;

    private static final int ELF = 0x464c457f;

    private LinuxKernel() {}

    /** Writes it to a file. */
    static Path unpack(Path image, Path elf) throws IOException {
        return Files.write(elf, unpack(Files.readAllBytes(image)));
    }

    /**
     * Finds it.
     *
     * @throws IOException if it is not there, or is compressed in another way
     */
    static byte[] unpack(byte[] image) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        if (image.length < PAYLOAD_LENGTH + Integer.BYTES) {
            throw new IOException("too short for a bzImage");
        }
        int begin =
                (Byte.toUnsignedInt(image[SETUP_SECTORS]) + 1) * SECTOR_BYTES
                        + bytes.getInt(PAYLOAD_OFFSET);
        // Behind it is the size that it has unpacked.
        int length = bytes.getInt(PAYLOAD_LENGTH) - Integer.BYTES;
        if (begin < 0 || length < Integer.BYTES || begin > image.length - length) {
            throw new IOException("a bzImage without its kernel");
        }
        ByteBuffer payload = bytes.slice(begin, length).order(ByteOrder.LITTLE_ENDIAN);
        if (payload.getInt() != LZ4_LEGACY) {
            throw new IOException("a kernel that is not compressed with LZ4");
        }
        byte[] kernel = blocks(payload);
        if (kernel.length < Integer.BYTES
                || ByteBuffer.wrap(kernel).order(ByteOrder.LITTLE_ENDIAN).getInt() != ELF) {
            throw new IOException("a kernel that is no ELF file");
        }
        return kernel;
    }

    private static byte[] blocks(ByteBuffer payload) throws IOException {
        ByteArrayOutputStream kernel = new ByteArrayOutputStream();
        while (payload.remaining() > Integer.BYTES) {
            int length = payload.getInt();
            if (length < 0 || length > payload.remaining()) {
                throw new IOException("a block of LZ4 of " + length + " bytes");
            }
            byte[] block = new byte[length];
            payload.get(block);
            try (var in = new BlockLZ4CompressorInputStream(new ByteArrayInputStream(block))) {
                in.transferTo(kernel);
            }
        }
        return kernel.toByteArray();
    }
}
