package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;

/** Page tables that the CPU reads as they were written. */
public final class PlainTables implements TableMemory {
    private final PhysicalMemory memory;

    public PlainTables(PhysicalMemory memory) {
        this.memory = memory;
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long read(long slot) {
        return memory.readLong(slot);
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public void write(long slot, long entry) {
        memory.writeLong(slot, entry);
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public void finish() {}

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public void enter(long table) {}

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public void leave(long table) {}
}
