package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.os.VirtualMemoryProvider;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.Memory;
import org.graalvm.word.Pointer;
import org.graalvm.word.PointerBase;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordBase;
import org.graalvm.word.WordFactory;

/** The kernel's memory as the Java runtime wants it. */
final class KernelVirtualMemory implements VirtualMemoryProvider {
    private static final int FAILED = -1;

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public UnsignedWord getGranularity() {
        return WordFactory.unsigned(Frames.SIZE);
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public Pointer reserve(UnsignedWord bytes, UnsignedWord alignment, boolean executable) {
        return WordFactory.pointer(Memory.reserve(bytes.rawValue(), alignment.rawValue()));
    }

    /** There are no files to map. */
    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public Pointer mapFile(
            PointerBase start,
            UnsignedWord bytes,
            WordBase fileHandle,
            UnsignedWord offset,
            int access) {
        return WordFactory.nullPointer();
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public Pointer commit(PointerBase start, UnsignedWord bytes, int access) {
        long size = Frames.roundUp(bytes.rawValue(), Frames.SIZE);
        if (size <= 0 || !Frames.isAligned(start.rawValue(), Frames.SIZE)) {
            return WordFactory.nullPointer();
        }
        long begin = start.isNonNull() ? start.rawValue() : Memory.reserve(size, Frames.SIZE);
        if (begin == 0) {
            return WordFactory.nullPointer();
        }
        if (!Memory.commit(begin, size, toAccess(access))) {
            if (start.isNull()) {
                Memory.release(begin, size);
            }
            return WordFactory.nullPointer();
        }
        return WordFactory.pointer(begin);
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public int protect(PointerBase start, UnsignedWord bytes, int access) {
        if (!isRange(start, bytes)) {
            return FAILED;
        }
        long size = Frames.roundUp(bytes.rawValue(), Frames.SIZE);
        return Memory.protect(start.rawValue(), size, toAccess(access)) ? 0 : FAILED;
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public int uncommit(PointerBase start, UnsignedWord bytes) {
        if (!isRange(start, bytes)) {
            return FAILED;
        }
        Memory.uncommit(start.rawValue(), Frames.roundUp(bytes.rawValue(), Frames.SIZE));
        return 0;
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public int free(PointerBase start, UnsignedWord bytes) {
        if (!isRange(start, bytes)) {
            return FAILED;
        }
        return Memory.release(start.rawValue(), bytes.rawValue()) ? 0 : FAILED;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static boolean isRange(PointerBase start, UnsignedWord bytes) {
        return start.isNonNull()
                && Frames.isAligned(start.rawValue(), Frames.SIZE)
                && bytes.rawValue() > 0;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static int toAccess(int access) {
        int result = Memory.NONE;
        if ((access & Access.READ) != 0) {
            result |= Memory.READ;
        }
        if ((access & Access.WRITE) != 0) {
            result |= Memory.WRITE;
        }
        if ((access & Access.EXECUTE) != 0) {
            result |= Memory.EXECUTE;
        }
        return result;
    }
}
