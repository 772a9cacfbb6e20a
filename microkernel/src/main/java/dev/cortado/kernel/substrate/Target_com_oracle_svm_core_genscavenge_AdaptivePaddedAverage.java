package dev.cortado.kernel.substrate;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;

/** An average, and so much more that few values are above. */
@TargetClass(className = "com.oracle.svm.core.genscavenge.AdaptivePaddedAverage")
final class Target_com_oracle_svm_core_genscavenge_AdaptivePaddedAverage {
    private Target_com_oracle_svm_core_genscavenge_AdaptivePaddedAverage() {}

    @Alias
    native double getPaddedAverage();
}
