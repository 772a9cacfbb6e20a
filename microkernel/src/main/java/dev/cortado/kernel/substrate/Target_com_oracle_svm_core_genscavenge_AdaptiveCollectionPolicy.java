package dev.cortado.kernel.substrate;

import com.oracle.svm.core.SubstrateUtil;
import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.genscavenge.HeapImpl;
import dev.cortado.kernel.memory.Memory;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordFactory;

/**
 * How far the generations may grow, and how far the young one may shrink. The original asks the
 * costs of collections only: it would fill a large heap in many small steps if it begins small,
 * leave a server so little that it collects all the time, or have it fill a large machine with
 * garbage because collections were slow for a moment.
 */
@TargetClass(className = "com.oracle.svm.core.genscavenge.AdaptiveCollectionPolicy")
final class Target_com_oracle_svm_core_genscavenge_AdaptiveCollectionPolicy {
    /** In percent of the usual growth: at first generations grow in larger steps. */
    @Alias private UnsignedWord youngGenSizeIncrementSupplement;

    @Alias private UnsignedWord oldGenSizeIncrementSupplement;

    @Alias private Target_com_oracle_svm_core_genscavenge_AdaptivePaddedAverage avgPromoted;

    private Target_com_oracle_svm_core_genscavenge_AdaptiveCollectionPolicy() {}

    @Alias
    private static native UnsignedWord edenDecrement(UnsignedWord current);

    /** Where collections cost little, eden shrinks, but not to where they cost much. */
    @Substitute
    private static UnsignedWord adjustEdenForFootprint(UnsignedWord eden, UnsignedWord sum) {
        long least = HeapSizes.leastPart(Memory.totalBytes());
        UnsignedWord smaller =
                Target_com_oracle_svm_core_genscavenge_AbstractCollectionPolicy.alignDown(
                        eden.subtract(edenDecrement(eden)));
        return smaller.rawValue() < least ? eden : smaller;
    }

    @Substitute
    private UnsignedWord edenIncrementWithSupplementAlignedUp(UnsignedWord eden) {
        long supplement = youngGenSizeIncrementSupplement.rawValue();
        long live = HeapImpl.getAccounting().getOldUsedBytes().rawValue();
        long most = HeapSizes.mostPart(Memory.totalBytes(), live);
        return Target_com_oracle_svm_core_genscavenge_AbstractCollectionPolicy.alignUp(
                WordFactory.unsigned(HeapSizes.growth(eden.rawValue(), supplement, most)));
    }

    @Substitute
    private UnsignedWord promoIncrementWithSupplementAlignedUp(UnsignedWord promo) {
        long supplement = oldGenSizeIncrementSupplement.rawValue();
        long live = HeapImpl.getAccounting().getOldUsedBytes().rawValue();
        long most = HeapSizes.mostPart(Memory.totalBytes(), live);
        return Target_com_oracle_svm_core_genscavenge_AbstractCollectionPolicy.alignUp(
                WordFactory.unsigned(HeapSizes.growth(promo.rawValue(), supplement, most)));
    }

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
        long least = HeapSizes.leastPart(Memory.totalBytes());
        return WordFactory.unsigned(Math.max(least, HeapSizes.oldRoom(live, wanted)));
    }
}
