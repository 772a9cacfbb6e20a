package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.os.VirtualMemoryProvider;
import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.PageAccess;
import dev.cortado.kernel.memory.Pages;
import dev.cortado.kernel.memory.Regions;
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
        return WordFactory.pointer(Regions.reserve(bytes.rawValue(), alignment.rawValue()));
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
        long begin = start.isNonNull() ? start.rawValue() : Regions.reserve(size, Frames.SIZE);
        if (begin == 0) {
            return WordFactory.nullPointer();
        }
        if (!commitPages(begin, size, toAccess(access))) {
            if (start.isNull()) {
                Regions.release(begin, size);
            }
            return WordFactory.nullPointer();
        }
        return WordFactory.pointer(begin);
    }

    /** What the heap may take has been decided; its chunks are written before they are read. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static boolean commitPages(long begin, long bytes, int access) {
        return begin >= AddressSpace.HEAP_BASE && begin < AddressSpace.HEAP_LIMIT
                ? Pages.commitRaw(begin, bytes, KernelHeapMemory.kept(bytes))
                : Pages.commit(begin, bytes, access);
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public int protect(PointerBase start, UnsignedWord bytes, int access) {
        if (!isRange(start, bytes)) {
            return FAILED;
        }
        long size = Frames.roundUp(bytes.rawValue(), Frames.SIZE);
        return Pages.protect(start.rawValue(), size, toAccess(access)) ? 0 : FAILED;
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public int uncommit(PointerBase start, UnsignedWord bytes) {
        if (!isRange(start, bytes)) {
            return FAILED;
        }
        Pages.uncommit(start.rawValue(), Frames.roundUp(bytes.rawValue(), Frames.SIZE));
        return 0;
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public int free(PointerBase start, UnsignedWord bytes) {
        if (!isRange(start, bytes)) {
            return FAILED;
        }
        return Regions.release(start.rawValue(), bytes.rawValue()) ? 0 : FAILED;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static boolean isRange(PointerBase start, UnsignedWord bytes) {
        return start.isNonNull()
                && Frames.isAligned(start.rawValue(), Frames.SIZE)
                && bytes.rawValue() > 0;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static int toAccess(int access) {
        int result = PageAccess.NONE;
        if ((access & Access.READ) != 0) {
            result |= PageAccess.READ;
        }
        if ((access & Access.WRITE) != 0) {
            result |= PageAccess.WRITE;
        }
        if ((access & Access.EXECUTE) != 0) {
            result |= PageAccess.EXECUTE;
        }
        return result;
    }
}
