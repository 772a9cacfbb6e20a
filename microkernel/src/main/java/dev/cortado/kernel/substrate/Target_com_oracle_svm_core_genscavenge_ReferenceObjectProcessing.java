package dev.cortado.kernel.substrate;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;

/** Whether the collection under way clears soft references. */
@TargetClass(className = "com.oracle.svm.core.genscavenge.ReferenceObjectProcessing")
final class Target_com_oracle_svm_core_genscavenge_ReferenceObjectProcessing {
    private Target_com_oracle_svm_core_genscavenge_ReferenceObjectProcessing() {}

    @Alias
    static native void setSoftReferencesAreWeak(boolean enabled);
}
