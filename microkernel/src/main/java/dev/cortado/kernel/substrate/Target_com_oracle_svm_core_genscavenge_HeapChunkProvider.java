package dev.cortado.kernel.substrate;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.genscavenge.AlignedHeapChunk.AlignedHeader;

/** Where the heap's chunks come from. */
@TargetClass(className = "com.oracle.svm.core.genscavenge.HeapChunkProvider")
final class Target_com_oracle_svm_core_genscavenge_HeapChunkProvider {
    private Target_com_oracle_svm_core_genscavenge_HeapChunkProvider() {}

    @Alias
    native AlignedHeader produceAlignedChunk();
}
