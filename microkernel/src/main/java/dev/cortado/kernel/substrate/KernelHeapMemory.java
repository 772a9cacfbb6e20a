package dev.cortado.kernel.substrate;

import com.oracle.svm.core.IsolateArguments;
import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.genscavenge.AddressRangeCommittedMemoryProvider;
import com.oracle.svm.core.genscavenge.GCImpl;
import com.oracle.svm.core.thread.VMOperation;
import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.kernel.memory.FramePool;
import org.graalvm.word.Pointer;
import org.graalvm.word.PointerBase;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordFactory;

/**
 * The Java heap in its own stretch of addresses, right behind the image heap, which stays where the
 * loader put it.
 */
final class KernelHeapMemory extends AddressRangeCommittedMemoryProvider {
    /** Written with the provider's lock held. */
    private static long givenBack;

    /** Bytes that the garbage collector has given back to the kernel since the start. */
    static long givenBack() {
        return givenBack;
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    protected void uncommit(FreeListNode node, Pointer begin, UnsignedWord bytes) {
        super.uncommit(node, begin, bytes);
        givenBack += bytes.rawValue();
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public Pointer allocateUnalignedChunk(UnsignedWord bytes) {
        if (isRefusable() && !HeapRoom.isThereForLarge(bytes.rawValue())) {
            throw reportUnalignedChunkAllocationFailed(COMMIT_FAILED);
        }
        Pointer chunk = super.allocateUnalignedChunk(bytes);
        if (!VMOperation.isGCInProgress()) {
            HeapRoom.largeCame(bytes.rawValue());
        }
        return chunk;
    }

    /**
     * Frames that a stretch of the heap leaves free. Several large arrays at a time may have been
     * told that there is room for each. A usual chunk is small, and nobody can be told any more.
     */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static long kept(long bytes) {
        return bytes > HeapRoom.chunkBytes() && isRefusable() ? FramePool.keptFromHeap() : 0;
    }

    /** Neither the collector nor the thread that has references cleared can go on without. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static boolean isRefusable() {
        return !VMOperation.isGCInProgress() && !GCImpl.shouldIgnoreOutOfMemory();
    }

    @Override
    public void beforeGarbageCollection() {
        HeapRoom.beforeCollection();
    }

    @Override
    public void afterGarbageCollection() {
        HeapRoom.afterCollection();
    }

    @Override
    @Uninterruptible(reason = "Still being initialized.")
    protected Pointer reserveHeapMemory0(
            UnsignedWord reserved, UnsignedWord alignment, IsolateArguments arguments) {
        UnsignedWord room = WordFactory.unsigned(AddressSpace.HEAP_LIMIT - AddressSpace.HEAP_BASE);
        return reserved.belowOrEqual(room)
                ? WordFactory.pointer(AddressSpace.HEAP_BASE)
                : WordFactory.nullPointer();
    }

    @Override
    @Uninterruptible(reason = "Still being initialized.")
    protected void freeOnInitializeError(Pointer begin, UnsignedWord reserved) {
        // The addresses are nobody else's.
    }

    @Override
    @Uninterruptible(reason = "Tear-down in progress.")
    protected int unmapAddressSpace(PointerBase heapBase) {
        return 0; // the machine stops
    }
}
