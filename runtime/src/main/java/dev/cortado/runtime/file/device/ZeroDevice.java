package dev.cortado.runtime.file.device;

import dev.cortado.runtime.file.open.OpenFile;
import java.nio.ByteBuffer;

/** As many zeros as anybody wants (null(4)). */
class ZeroDevice extends MemoryDevice {
    private static final byte[] ZEROS = new byte[4096];

    @Override
    public final int read(ByteBuffer to) {
        int count = to.remaining();
        while (to.hasRemaining()) {
            to.put(ZEROS, 0, Math.min(to.remaining(), ZEROS.length));
        }
        return count;
    }

    @Override
    public OpenFile duplicate() {
        return new ZeroDevice();
    }
}
