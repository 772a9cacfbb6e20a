package dev.cortado.runtime.file.device;

import dev.cortado.runtime.file.open.OpenFile;
import java.nio.ByteBuffer;

/** At its end from the beginning (null(4)). */
final class NullDevice extends MemoryDevice {
    @Override
    public int read(ByteBuffer to) {
        return to.hasRemaining() ? END : 0;
    }

    @Override
    public OpenFile duplicate() {
        return new NullDevice();
    }
}
