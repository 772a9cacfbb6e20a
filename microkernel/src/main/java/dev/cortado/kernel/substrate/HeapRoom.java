package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.genscavenge.HeapAccounting;
import com.oracle.svm.core.genscavenge.HeapImpl;
import com.oracle.svm.core.genscavenge.HeapParameters;
import com.oracle.svm.core.thread.VMOperation;
import dev.cortado.kernel.memory.FramePool;
import dev.cortado.kernel.memory.Memory;

/**
 * How much memory the Java heap may take and be collected all the same. A collection copies the
 * young generation's chunks, and then cannot fail; the old generation is compacted in place, and
 * large arrays, each with a chunk of its own, stay where they are. So a program gets a chunk only
 * if the copies have room beside it, and otherwise an {@link OutOfMemoryError}.
 */
final class HeapRoom {
    /** For who was told that there is room, which others then took. */
    static final OutOfMemoryError NONE_LEFT = new OutOfMemoryError("Java heap space");

    private static final String REASON = "Called from uninterruptible code.";

    /** Copies are packed less well by a quarter, at worst, */
    private static final int WASTE_SHIFT = 2;

    /** and begin a chunk of their own in the old generation and among the survivors. */
    private static final int BEGUN_CHUNKS = 2;

    /** With less than this part of the machine free, as a shift, memory is short. */
    private static final int PRESSURE_SHIFT = 3;

    /** Bytes of large arrays that came since the last collection: they are not copied. */
    private static long largeSinceCollection;

    /** Bytes of the young generation that the last collection has left. */
    private static long survivors;

    /** A program waits for the collection that decides whether there is memory for it. */
    private static volatile boolean lastResort;

    private HeapRoom() {}

    @Uninterruptible(reason = REASON, mayBeInlined = true)
    static long chunkBytes() {
        return HeapParameters.getAlignedHeapChunkSize().rawValue();
    }

    /** Whether an object of that size can have the chunk that it may need. */
    @Uninterruptible(reason = REASON, mayBeInlined = true)
    static boolean isThere(long objectBytes) {
        boolean large = objectBytes >= HeapParameters.getLargeArrayThreshold().rawValue();
        return large ? isThereForLarge(objectBytes) : isThereForChunk();
    }

    /** For a chunk of usual size, which the next collection copies. */
    @Uninterruptible(reason = REASON, mayBeInlined = true)
    static boolean isThereForChunk() {
        long unused = HeapImpl.getAccounting().getBytesInUnusedChunks().rawValue();
        long needed = neededForCopies(young() + chunkBytes()) + chunkBytes() - unused;
        FramePool.keepForCollector(needed - chunkBytes());
        return FramePool.heapBytes() >= needed;
    }

    /** For the chunk of one large array. */
    @Uninterruptible(reason = REASON, mayBeInlined = true)
    static boolean isThereForLarge(long bytes) {
        long unused = HeapImpl.getAccounting().getBytesInUnusedChunks().rawValue();
        long needed = neededForCopies(young()) - unused;
        FramePool.keepForCollector(needed);
        return FramePool.heapBytes() - bytes >= (needed < 0 ? 0 : needed);
    }

    @Uninterruptible(reason = REASON, mayBeInlined = true)
    private static long neededForCopies(long young) {
        return young + (young >> WASTE_SHIFT) + BEGUN_CHUNKS * chunkBytes();
    }

    /** Bytes that a collection copies, at most. */
    @Uninterruptible(reason = REASON, mayBeInlined = true)
    private static long young() {
        HeapAccounting accounting = HeapImpl.getAccounting();
        long eden = accounting.getEdenUsedBytes().rawValue() - largeSinceCollection;
        return (eden < 0 ? 0 : eden) + survivors;
    }

    @Uninterruptible(reason = REASON, mayBeInlined = true)
    static void largeCame(long bytes) {
        largeSinceCollection += bytes;
    }

    /** Chunks are worth more to others. */
    @Uninterruptible(reason = REASON, mayBeInlined = true)
    static boolean isShort() {
        return FramePool.largeBytes() < Memory.totalBytes() >> PRESSURE_SHIFT;
    }

    /**
     * Collects for a program that allocates: with all that can be done if there is no room, in
     * whole and with soft references cleared.
     *
     * @return whether the heap's limit is exceeded all the same
     */
    static boolean collect(
            Target_com_oracle_svm_core_genscavenge_GCImpl collector, boolean noRoom) {
        lastResort = noRoom;
        boolean full =
                collector.collectWithoutAllocating(
                        Target_com_oracle_svm_core_genscavenge_GenScavengeGCCause.OnAllocation,
                        noRoom);
        lastResort = false;
        return full;
    }

    static void beforeCollection() {
        if (lastResort) {
            Target_com_oracle_svm_core_genscavenge_ReferenceObjectProcessing
                    .setSoftReferencesAreWeak(true);
        }
    }

    static void afterCollection() {
        assert VMOperation.isGCInProgress();
        Target_com_oracle_svm_core_genscavenge_ReferenceObjectProcessing.setSoftReferencesAreWeak(
                false);
        largeSinceCollection = 0;
        survivors = HeapImpl.getAccounting().getSurvivorUsedBytes().rawValue();
        long unused = HeapImpl.getAccounting().getBytesInUnusedChunks().rawValue();
        FramePool.keepForCollector(neededForCopies(survivors) - unused);
    }
}
