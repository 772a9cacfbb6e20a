package dev.cortado.kernel.substrate;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.genscavenge.HeapImpl;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordFactory;

/**
 * How many empty chunks a collection keeps for the program that goes on: what it is going to fill
 * until the next one. The original keeps them also where memory is short.
 */
@TargetClass(className = "com.oracle.svm.core.genscavenge.AbstractCollectionPolicy")
final class Target_com_oracle_svm_core_genscavenge_AbstractCollectionPolicy {
    @Alias UnsignedWord edenSize;

    private Target_com_oracle_svm_core_genscavenge_AbstractCollectionPolicy() {}

    @Substitute
    public UnsignedWord getMaximumFreeAlignedChunksSize() {
        return HeapRoom.isShort()
                ? WordFactory.zero()
                : edenSize.add(HeapImpl.getAccounting().getSurvivorUsedBytes());
    }
}
