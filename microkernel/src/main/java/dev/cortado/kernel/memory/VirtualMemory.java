package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/**
 * Memory at the addresses that compiled code uses, for structures of the kernel that are linked by
 * virtual address, such as the control blocks of threads.
 */
public final class VirtualMemory implements PhysicalMemory {
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static Pointer at(long address) {
        return WordFactory.pointer(address);
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long readLong(long address) {
        return at(address).readLong(0);
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public void writeLong(long address, long value) {
        at(address).writeLong(0, value);
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public byte readByte(long address) {
        return at(address).readByte(0);
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public void writeByte(long address, byte value) {
        at(address).writeByte(0, value);
    }
}
