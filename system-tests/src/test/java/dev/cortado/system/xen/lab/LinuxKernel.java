package dev.cortado.system.xen.lab;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Takes the kernel out of a "bzImage". Xen could do that itself, but in the emulated machine it
 * takes seconds; "The Linux/x86 Boot Protocol" has the fields.
 */
final class LinuxKernel {
    private static final int SETUP_SECTS = 0x1f1;
    private static final int PAYLOAD_OFFSET = 0x248;
    private static final int PAYLOAD_LENGTH = 0x24c;
    private static final int SECTOR = 512;

    private LinuxKernel() {}

    /** Writes the ELF file; {@code xz} is the program that decompresses. */
    static void extract(Path bzImage, Path xz, Path kernel) throws IOException {
        byte[] image = Files.readAllBytes(bzImage);
        ByteBuffer fields = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        int start = (image[SETUP_SECTS] + 1) * SECTOR + fields.getInt(PAYLOAD_OFFSET);
        int end = start + fields.getInt(PAYLOAD_LENGTH);
        Path payload = kernel.resolveSibling(kernel.getFileName() + ".xz");
        // The last four bytes are the length, for the kernel's own decompressor.
        Files.write(payload, Arrays.copyOfRange(image, start, end - Integer.BYTES));
        Command.filter(payload, kernel, xz.toString(), "-dc");
        Files.delete(payload);
    }
}
