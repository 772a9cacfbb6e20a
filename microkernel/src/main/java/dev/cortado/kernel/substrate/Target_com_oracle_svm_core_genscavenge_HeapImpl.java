package dev.cortado.kernel.substrate;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.genscavenge.HeapImpl;

/** The Java heap. */
@TargetClass(HeapImpl.class)
final class Target_com_oracle_svm_core_genscavenge_HeapImpl {
    private Target_com_oracle_svm_core_genscavenge_HeapImpl() {}

    @Alias
    static native Target_com_oracle_svm_core_genscavenge_HeapChunkProvider getChunkProvider();
}
