package dev.cortado.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class LinuxKernelTest {
    private static final int SETUP_BYTES = 1024;
    private static final int OFFSET = 8;

    /** A setup of two sectors, and the kernel in one block of LZ4 with literals only. */
    private static byte[] image(byte[] kernel, int magic) {
        int block = 1 + kernel.length;
        int length = 4 + 4 + block + 4;
        ByteBuffer image =
                ByteBuffer.allocate(SETUP_BYTES + OFFSET + length).order(ByteOrder.LITTLE_ENDIAN);
        image.put(0x1f1, (byte) 1).putInt(0x248, OFFSET).putInt(0x24c, length);
        image.position(SETUP_BYTES + OFFSET);
        image.putInt(magic).putInt(block).put((byte) (kernel.length << 4)).put(kernel);
        return image.putInt(kernel.length).array();
    }

    @Test
    void theKernelIsUnpacked() throws IOException {
        byte[] kernel = {0x7f, 'E', 'L', 'F', 1, 2, 3, 4, 5, 6};
        assertArrayEquals(kernel, LinuxKernel.unpack(image(kernel, 0x184c2102)));
    }

    @Test
    void whatIsNoKernelIsRefused() {
        byte[] kernel = {0x7f, 'E', 'L', 'F', 1, 2, 3, 4, 5, 6};
        byte[] gzip = image(kernel, 0x88b1f);
        assertThrows(IOException.class, () -> LinuxKernel.unpack(gzip));
        byte[] text = image("some text".getBytes(), 0x184c2102);
        assertThrows(IOException.class, () -> LinuxKernel.unpack(text));
        byte[] far = image(kernel, 0x184c2102);
        ByteBuffer.wrap(far).order(ByteOrder.LITTLE_ENDIAN).putInt(0x248, Integer.MAX_VALUE);
        assertThrows(IOException.class, () -> LinuxKernel.unpack(far));
        byte[] longBlock = image(kernel, 0x184c2102);
        ByteBuffer.wrap(longBlock)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(SETUP_BYTES + OFFSET + 4, 1000);
        assertThrows(IOException.class, () -> LinuxKernel.unpack(longBlock));
        assertThrows(IOException.class, () -> LinuxKernel.unpack(new byte[100]));
    }
}
