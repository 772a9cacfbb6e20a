package dev.cortado.drivers.xen.connection;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.memory.RingMemory;

/** Pages that lie anywhere, as if they lay one behind the other from address 0 on. */
public final class PagedMemory implements RingMemory {
    private static final int SHIFT = 12;
    private static final int MASK = Hypervisor.PAGE_BYTES - 1;

    private final RingMemory memory;
    private final long[] pages;

    public PagedMemory(RingMemory memory, long[] pages) {
        this.memory = memory;
        this.pages = pages;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private long at(long address) {
        return pages[(int) (address >>> SHIFT)] + (address & MASK);
    }

    @Override
    @Uninterruptible(reason = REASON)
    public long readLong(long address) {
        return memory.readLong(at(address));
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void writeLong(long address, long value) {
        memory.writeLong(at(address), value);
    }

    @Override
    @Uninterruptible(reason = REASON)
    public byte readByte(long address) {
        return memory.readByte(at(address));
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void writeByte(long address, byte value) {
        memory.writeByte(at(address), value);
    }

    @Override
    @Uninterruptible(reason = REASON)
    public long readLongAcquire(long address) {
        return memory.readLongAcquire(at(address));
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void writeLongRelease(long address, long value) {
        memory.writeLongRelease(at(address), value);
    }

    @Override
    @Uninterruptible(reason = REASON)
    public int readIntAcquire(long address) {
        return memory.readIntAcquire(at(address));
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void writeIntRelease(long address, int value) {
        memory.writeIntRelease(at(address), value);
    }

    @Override
    @Uninterruptible(reason = REASON)
    public boolean compareAndSetInt(long address, int expected, int value) {
        return memory.compareAndSetInt(at(address), expected, value);
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void fullFence() {
        memory.fullFence();
    }

    @Override
    public void copyIn(byte[] source, int offset, long address, int length) {
        int done = 0;
        while (done < length) {
            int count = untilPageEnd(address + done, length - done);
            memory.copyIn(source, offset + done, at(address + done), count);
            done += count;
        }
    }

    @Override
    public void copyOut(long address, byte[] target, int offset, int length) {
        int done = 0;
        while (done < length) {
            int count = untilPageEnd(address + done, length - done);
            memory.copyOut(at(address + done), target, offset + done, count);
            done += count;
        }
    }

    private static int untilPageEnd(long address, int length) {
        return Math.min(length, Hypervisor.PAGE_BYTES - (int) (address & MASK));
    }
}
