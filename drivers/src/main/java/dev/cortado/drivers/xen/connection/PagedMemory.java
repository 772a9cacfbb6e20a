package dev.cortado.drivers.xen.connection;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.memory.RingMemory;

/** Pages that lie anywhere, as if they lay one behind the other from address 0 on. */
public final class PagedMemory extends TranslatedMemory {
    private static final int SHIFT = 12;
    private static final int MASK = Hypervisor.PAGE_BYTES - 1;

    private final long[] pages;

    public PagedMemory(RingMemory memory, long[] pages) {
        super(memory);
        this.pages = pages;
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    long at(long address) {
        return pages[(int) (address >>> SHIFT)] + (address & MASK);
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
