package dev.cortado.kernel.substrate;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.heap.HeapSizeVerifier;

/** Sizes of the heap are compared with each other if they have been given. */
@TargetClass(HeapSizeVerifier.class)
final class Target_com_oracle_svm_core_heap_HeapSizeVerifier {
    private Target_com_oracle_svm_core_heap_HeapSizeVerifier() {}

    @Alias
    private static native void verifyReservedAddressSpaceSize();

    @Alias
    private static native void verifyMaxHeapSize();

    @Alias
    private static native void verifyMinHeapSize();

    @Alias
    private static native void verifyMaxNewSize();

    @Substitute
    public static void verifyHeapOptions() {
        if (GivenOptions.any()) {
            verifyReservedAddressSpaceSize();
            verifyMaxHeapSize();
            verifyMinHeapSize();
            verifyMaxNewSize();
        }
    }
}
