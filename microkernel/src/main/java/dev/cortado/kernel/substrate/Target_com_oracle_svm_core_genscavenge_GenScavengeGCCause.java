package dev.cortado.kernel.substrate;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.heap.GCCause;

/** Why a collection is made, in its log. */
@TargetClass(className = "com.oracle.svm.core.genscavenge.GenScavengeGCCause")
final class Target_com_oracle_svm_core_genscavenge_GenScavengeGCCause {
    @Alias static GCCause OnAllocation;

    private Target_com_oracle_svm_core_genscavenge_GenScavengeGCCause() {}
}
