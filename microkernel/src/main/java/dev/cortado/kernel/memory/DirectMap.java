package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.AddressSpace;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/** Physical memory as the guest sees it: all of it is mapped at {@code DIRECT_MAP_BASE}. */
public final class DirectMap implements PhysicalMemory {
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static long toVirtual(long physical) {
        return AddressSpace.DIRECT_MAP_BASE + physical;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static long toPhysical(long virtual) {
        return virtual - AddressSpace.DIRECT_MAP_BASE;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static Pointer at(long physical) {
        return WordFactory.pointer(toVirtual(physical));
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static void zeroFrame(long physical) {
        Pointer frame = at(physical);
        for (int offset = 0; offset < Frames.SIZE; offset += 4 * Long.BYTES) {
            frame.writeLong(offset, 0L);
            frame.writeLong(offset + 8, 0L);
            frame.writeLong(offset + 16, 0L);
            frame.writeLong(offset + 24, 0L);
        }
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long readLong(long physical) {
        return at(physical).readLong(0);
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public void writeLong(long physical, long value) {
        at(physical).writeLong(0, value);
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public byte readByte(long physical) {
        return at(physical).readByte(0);
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public void writeByte(long physical, byte value) {
        at(physical).writeByte(0, value);
    }
}
