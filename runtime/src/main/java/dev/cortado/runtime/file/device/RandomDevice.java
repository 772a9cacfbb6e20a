package dev.cortado.runtime.file.device;

import dev.cortado.runtime.file.open.OpenFile;
import java.nio.ByteBuffer;

/** Random bytes; what is written makes those that come other ones (random(4)). */
final class RandomDevice extends MemoryDevice {
    private static final int MOST_BYTES_AT_ONCE = 4096;

    private final RandomSource source;

    RandomDevice(RandomSource source) {
        this.source = source;
    }

    @Override
    public int read(ByteBuffer to) {
        int count = to.remaining();
        while (to.hasRemaining()) {
            byte[] bytes = part(to);
            source.next(bytes);
            to.put(bytes);
        }
        return count;
    }

    @Override
    public int write(ByteBuffer from) {
        int count = from.remaining();
        while (from.hasRemaining()) {
            byte[] bytes = part(from);
            from.get(bytes);
            source.add(bytes);
        }
        return count;
    }

    private static byte[] part(ByteBuffer of) {
        return new byte[Math.min(of.remaining(), MOST_BYTES_AT_ONCE)];
    }

    @Override
    public OpenFile duplicate() {
        return new RandomDevice(source);
    }
}
