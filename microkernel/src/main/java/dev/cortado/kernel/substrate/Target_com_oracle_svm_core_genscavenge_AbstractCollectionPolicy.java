package dev.cortado.kernel.substrate;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.genscavenge.HeapImpl;
import dev.cortado.kernel.memory.Memory;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordFactory;

/**
 * How large the heap begins, and how many empty chunks a collection keeps for the program that goes
 * on: what it is going to fill until the next one. The original begins with 128 MB, all of which a
 * program fills before the old generation is collected for the first time, and keeps chunks also
 * where memory is short.
 */
@TargetClass(className = "com.oracle.svm.core.genscavenge.AbstractCollectionPolicy")
final class Target_com_oracle_svm_core_genscavenge_AbstractCollectionPolicy {
    @Alias UnsignedWord edenSize;

    @Alias UnsignedWord promoSize;

    private Target_com_oracle_svm_core_genscavenge_AbstractCollectionPolicy() {}

    @Alias
    static native UnsignedWord alignUp(UnsignedWord size);

    @Alias
    static native UnsignedWord alignDown(UnsignedWord size);

    @Substitute
    protected UnsignedWord getInitialHeapSize() {
        return WordFactory.unsigned(HeapSizes.initial(Memory.totalBytes()));
    }

    @Substitute
    public UnsignedWord getMaximumFreeAlignedChunksSize() {
        return HeapRoom.isShort()
                ? WordFactory.zero()
                : edenSize.add(HeapImpl.getAccounting().getSurvivorUsedBytes());
    }
}
