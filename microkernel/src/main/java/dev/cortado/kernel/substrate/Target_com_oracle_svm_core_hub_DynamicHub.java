package dev.cortado.kernel.substrate;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;

/** What objects of a class are like. */
@TargetClass(className = "com.oracle.svm.core.hub.DynamicHub")
final class Target_com_oracle_svm_core_hub_DynamicHub {
    /** Where an object has its monitor, 0 if that is elsewhere. */
    @Alias char monitorOffset;

    private Target_com_oracle_svm_core_hub_DynamicHub() {}
}
