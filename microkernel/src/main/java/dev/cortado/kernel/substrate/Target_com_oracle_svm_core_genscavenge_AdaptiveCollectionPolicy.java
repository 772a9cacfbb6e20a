package dev.cortado.kernel.substrate;

import com.oracle.svm.core.SubstrateUtil;
import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.genscavenge.HeapImpl;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordFactory;

/**
 * How far the old generation may grow until it is collected again. The original asks the costs of
 * collections only, and would fill a large heap in many small steps if it begins small.
 */
@TargetClass(className = "com.oracle.svm.core.genscavenge.AdaptiveCollectionPolicy")
final class Target_com_oracle_svm_core_genscavenge_AdaptiveCollectionPolicy {
    @Alias private Target_com_oracle_svm_core_genscavenge_AdaptivePaddedAverage avgPromoted;

    private Target_com_oracle_svm_core_genscavenge_AdaptiveCollectionPolicy() {}

    @Substitute
    UnsignedWord calculatedOldFreeSizeInBytes() {
        UnsignedWord promoSize =
                SubstrateUtil.cast(
                                this,
                                Target_com_oracle_svm_core_genscavenge_AbstractCollectionPolicy
                                        .class)
                        .promoSize;
        long wanted = promoSize.rawValue() + (long) avgPromoted.getPaddedAverage();
        long live = HeapImpl.getAccounting().getOldUsedBytes().rawValue();
        return WordFactory.unsigned(HeapSizes.oldRoom(live, wanted));
    }
}
