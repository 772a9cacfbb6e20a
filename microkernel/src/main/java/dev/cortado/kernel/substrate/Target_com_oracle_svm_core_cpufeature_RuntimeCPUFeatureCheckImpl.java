package dev.cortado.kernel.substrate;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.cpufeature.RuntimeCPUFeatureCheckImpl;
import jdk.vm.ci.amd64.AMD64.CPUFeature;

/**
 * The optional instructions that compiled code chooses at run time. Of those that it asks for, the
 * kernel saves the registers of AVX and AVX2, not those of AVX-512. The original makes sets of all
 * features by their names, each time a guest starts.
 */
@TargetClass(RuntimeCPUFeatureCheckImpl.class)
final class Target_com_oracle_svm_core_cpufeature_RuntimeCPUFeatureCheckImpl {
    /** Which bit a feature has in the mask, by its ordinal number. */
    @Alias private byte[] enumToBitIndex;

    private Target_com_oracle_svm_core_cpufeature_RuntimeCPUFeatureCheckImpl() {}

    /** A bit of the mask is 1 for what the CPU lacks. */
    @Substitute
    private int compute() {
        int present = 0;
        if (VectorRegisters.haveAvx()) {
            present |= 1 << enumToBitIndex[CPUFeature.AVX.ordinal()];
        }
        if (VectorRegisters.haveAvx2()) {
            present |= 1 << enumToBitIndex[CPUFeature.AVX2.ordinal()];
        }
        return ~present;
    }
}
