package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;

/**
 * Physical memory that is not RAM, as firmware's tables mostly are: a part of it at a time is
 * mapped, where it is used. For one thread. Where there is no memory to map it, all ones are read,
 * as from a bus with nobody on it.
 */
public final class PhysicalWindow implements PhysicalMemory, AutoCloseable {
    private static final long BYTES = 64 * 1024;

    private final VirtualMemory memory = new VirtualMemory();

    /** Physical address of the part. */
    private long begin;

    /** Where it is mapped, 0 if it is not. */
    private long mapped;

    @Uninterruptible(reason = REASON)
    private boolean moveTo(long physical) {
        if (mapped == 0 || physical < begin || physical >= begin + BYTES) {
            unmap();
            begin = Frames.roundDown(physical, BYTES);
            mapped = DeviceMemory.map(begin, BYTES, PageCaching.UNCACHED);
        }
        return mapped != 0;
    }

    @Uninterruptible(reason = REASON)
    private void unmap() {
        if (mapped != 0) {
            DeviceMemory.unmap(mapped, BYTES);
            mapped = 0;
        }
    }

    @Override
    @Uninterruptible(reason = REASON)
    public byte readByte(long physical) {
        return moveTo(physical) ? memory.readByte(mapped + physical - begin) : -1;
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void writeByte(long physical, byte value) {
        if (moveTo(physical)) {
            memory.writeByte(mapped + physical - begin, value);
        }
    }

    @Override
    @Uninterruptible(reason = REASON)
    public long readLong(long physical) {
        long value = 0;
        for (int i = Long.BYTES - 1; i >= 0; i--) {
            value = value << Byte.SIZE | readByte(physical + i) & 0xff;
        }
        return value;
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void writeLong(long physical, long value) {
        for (int i = 0; i < Long.BYTES; i++) {
            writeByte(physical + i, (byte) (value >>> i * Byte.SIZE));
        }
    }

    @Override
    public void close() {
        unmap();
    }
}
