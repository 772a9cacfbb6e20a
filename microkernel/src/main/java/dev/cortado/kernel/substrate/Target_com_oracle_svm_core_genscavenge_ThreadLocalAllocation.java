package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.c.BooleanPointer;
import com.oracle.svm.core.genscavenge.ThreadLocalAllocation;
import com.oracle.svm.core.genscavenge.ThreadLocalAllocation.Descriptor;
import com.oracle.svm.core.heap.OutOfMemoryUtil;
import org.graalvm.word.Pointer;
import org.graalvm.word.UnsignedWord;

/** Memory for an object: out of what its thread has, or else out of what all have. */
@TargetClass(ThreadLocalAllocation.class)
final class Target_com_oracle_svm_core_genscavenge_ThreadLocalAllocation {
    private Target_com_oracle_svm_core_genscavenge_ThreadLocalAllocation() {}

    @Alias
    private static native Pointer allocateRawMemoryOutsideTlab(
            UnsignedWord size, BooleanPointer allocatedOutsideTlab);

    @Alias
    static native Descriptor getTlab();

    @Alias
    static native boolean fitsInTlab(Descriptor threads, UnsignedWord size);

    @Alias
    static native Pointer allocateRawMemoryInTlab(UnsignedWord size, Descriptor threads);

    /** Also if {@link Target_com_oracle_svm_core_genscavenge_HeapAllocation} has found none. */
    @Substitute
    @Uninterruptible(reason = "Holds uninitialized memory.")
    private static Pointer allocateRawMemory(
            UnsignedWord size, BooleanPointer allocatedOutsideTlab) {
        Pointer memory =
                Target_com_oracle_svm_core_genscavenge_TlabSupport.allocateRawMemoryInTlabSlow(
                        size);
        if (memory.isNull()) {
            memory = allocateRawMemoryOutsideTlab(size, allocatedOutsideTlab);
        }
        if (memory.isNull()) {
            throw OutOfMemoryUtil.reportOutOfMemoryError(HeapRoom.NONE_LEFT);
        }
        return memory;
    }
}
