package dev.cortado.kernel.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Physical memory for tests: an array that starts at address 0. */
public final class ArrayMemory implements PhysicalMemory {
    private final ByteBuffer bytes;
    private long reads;

    public ArrayMemory(int size) {
        bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public long readLong(long physical) {
        reads++;
        return bytes.getLong(Math.toIntExact(physical));
    }

    @Override
    public void writeLong(long physical, long value) {
        bytes.putLong(Math.toIntExact(physical), value);
    }

    @Override
    public byte readByte(long physical) {
        return bytes.get(Math.toIntExact(physical));
    }

    @Override
    public void writeByte(long physical, byte value) {
        bytes.put(Math.toIntExact(physical), value);
    }

    /** How many numbers have been read so far. */
    long reads() {
        return reads;
    }

    public void fill(long begin, long end, byte value) {
        for (long at = begin; at < end; at++) {
            writeByte(at, value);
        }
    }
}
