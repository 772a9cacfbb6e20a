package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.genscavenge.AlignedHeapChunk.AlignedHeader;
import com.oracle.svm.core.genscavenge.HeapAllocation;
import com.oracle.svm.core.genscavenge.HeapImpl;
import com.oracle.svm.core.genscavenge.HeapParameters;
import org.graalvm.word.WordFactory;

/** Chunks that all threads allocate from, under a lock for which they spin. */
@TargetClass(HeapAllocation.class)
final class Target_com_oracle_svm_core_genscavenge_HeapAllocation {
    private Target_com_oracle_svm_core_genscavenge_HeapAllocation() {}

    /**
     * Null if others were faster and there is no room any more. The original throws with the lock
     * held; who throws can be stopped for a collection, which then waits for ever for those who
     * spin.
     */
    @Substitute
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static AlignedHeader requestNewAlignedChunk() {
        if (KernelHeapMemory.isRefusable() && !HeapRoom.isThereForChunk()) {
            return WordFactory.nullPointer();
        }
        AlignedHeader chunk =
                Target_com_oracle_svm_core_genscavenge_HeapImpl.getChunkProvider()
                        .produceAlignedChunk();
        HeapImpl.getAccounting().increaseEdenUsedBytes(HeapParameters.getAlignedHeapChunkSize());
        return chunk;
    }
}
