package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;
import java.util.Objects;
import jdk.internal.misc.Unsafe;
import org.graalvm.word.LocationIdentity;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/**
 * Memory at the addresses that compiled code uses, for structures of the kernel that are linked by
 * virtual address, such as the control blocks of threads.
 */
public final class VirtualMemory implements RingMemory {
    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static Pointer at(long address) {
        return WordFactory.pointer(address);
    }

    /** Zeroes {@code bytes} bytes at a multiple of 8, and up to 7 more. */
    @Uninterruptible(reason = REASON)
    static void zero(Pointer begin, long bytes) {
        for (long offset = 0; offset < bytes; offset += Long.BYTES) {
            begin.writeLong(WordFactory.unsigned(offset), 0L);
        }
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

    /** A plain read on x86; the fence keeps the compiler from moving later ones before it. */
    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long readLongAcquire(long address) {
        long value = at(address).readLong(0);
        UNSAFE.loadFence();
        return value;
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public void writeLongRelease(long address, long value) {
        UNSAFE.storeFence();
        at(address).writeLong(0, value);
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public int readIntAcquire(long address) {
        int value = at(address).readInt(0);
        UNSAFE.loadFence();
        return value;
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public void writeIntRelease(long address, int value) {
        UNSAFE.storeFence();
        at(address).writeInt(0, value);
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public int readShortAcquire(long address) {
        int value = at(address).readShort(0) & 0xffff;
        UNSAFE.loadFence();
        return value;
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public void writeShortRelease(long address, int value) {
        UNSAFE.storeFence();
        at(address).writeShort(0, (short) value);
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public boolean compareAndSetInt(long address, int expected, int value) {
        return at(address)
                .logicCompareAndSwapInt(0, expected, value, LocationIdentity.ANY_LOCATION);
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public void fullFence() {
        UNSAFE.fullFence();
    }

    @Override
    public void deviceFence() {
        UNSAFE.fullFence();
        if (EmulatedFence.isNeeded()) {
            EmulatedFence.run();
        }
    }

    @Override
    public void copyIn(byte[] source, int offset, long address, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        UNSAFE.copyMemory(
                source, Unsafe.ARRAY_BYTE_BASE_OFFSET + (long) offset, null, address, length);
    }

    @Override
    public void copyOut(long address, byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        UNSAFE.copyMemory(
                null, address, target, Unsafe.ARRAY_BYTE_BASE_OFFSET + (long) offset, length);
    }
}
