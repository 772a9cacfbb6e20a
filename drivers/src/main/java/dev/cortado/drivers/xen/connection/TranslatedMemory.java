package dev.cortado.drivers.xen.connection;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.memory.RingMemory;

/** The bytes of another memory, at other addresses. */
abstract class TranslatedMemory implements RingMemory {
    final RingMemory memory;

    TranslatedMemory(RingMemory memory) {
        this.memory = memory;
    }

    /** Where in the other memory it is. */
    @Uninterruptible(reason = REASON)
    abstract long at(long address);

    @Override
    @Uninterruptible(reason = REASON)
    public final long readLong(long address) {
        return memory.readLong(at(address));
    }

    @Override
    @Uninterruptible(reason = REASON)
    public final void writeLong(long address, long value) {
        memory.writeLong(at(address), value);
    }

    @Override
    @Uninterruptible(reason = REASON)
    public final byte readByte(long address) {
        return memory.readByte(at(address));
    }

    @Override
    @Uninterruptible(reason = REASON)
    public final void writeByte(long address, byte value) {
        memory.writeByte(at(address), value);
    }

    @Override
    @Uninterruptible(reason = REASON)
    public final long readLongAcquire(long address) {
        return memory.readLongAcquire(at(address));
    }

    @Override
    @Uninterruptible(reason = REASON)
    public final void writeLongRelease(long address, long value) {
        memory.writeLongRelease(at(address), value);
    }

    @Override
    @Uninterruptible(reason = REASON)
    public final int readIntAcquire(long address) {
        return memory.readIntAcquire(at(address));
    }

    @Override
    @Uninterruptible(reason = REASON)
    public final void writeIntRelease(long address, int value) {
        memory.writeIntRelease(at(address), value);
    }

    @Override
    @Uninterruptible(reason = REASON)
    public final int readShortAcquire(long address) {
        return memory.readShortAcquire(at(address));
    }

    @Override
    @Uninterruptible(reason = REASON)
    public final void writeShortRelease(long address, int value) {
        memory.writeShortRelease(at(address), value);
    }

    @Override
    @Uninterruptible(reason = REASON)
    public final boolean compareAndSetInt(long address, int expected, int value) {
        return memory.compareAndSetInt(at(address), expected, value);
    }

    @Override
    @Uninterruptible(reason = REASON)
    public final void fullFence() {
        memory.fullFence();
    }
}
