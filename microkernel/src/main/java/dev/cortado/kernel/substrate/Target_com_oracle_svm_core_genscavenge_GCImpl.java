package dev.cortado.kernel.substrate;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.genscavenge.GCImpl;
import com.oracle.svm.core.genscavenge.HeapImpl;
import com.oracle.svm.core.heap.GCCause;
import com.oracle.svm.core.heap.OutOfMemoryUtil;
import org.graalvm.word.UnsignedWord;

/**
 * When an allocation collects first: also when the machine's memory, and not only the heap's limit,
 * says so. The original would find no memory to copy to when it is too late to tell the program.
 */
@TargetClass(GCImpl.class)
final class Target_com_oracle_svm_core_genscavenge_GCImpl {
    private Target_com_oracle_svm_core_genscavenge_GCImpl() {}

    @Alias
    native boolean collectWithoutAllocating(GCCause cause, boolean forceFullGC);

    @Substitute
    public void maybeCollectOnAllocation(UnsignedWord allocationSize) {
        long bytes = allocationSize.rawValue();
        boolean noRoom = !HeapRoom.isThere(bytes);
        if (!noRoom && !GCImpl.getPolicy().shouldCollectOnAllocation()) {
            return;
        }
        boolean full = HeapRoom.collect(this, noRoom);
        if (!noRoom && !HeapRoom.isThere(bytes)) {
            full |= HeapRoom.collect(this, true);
        }
        boolean exceeded =
                full && GCImpl.getPolicy().isOutOfMemory(HeapImpl.getAccounting().getUsedBytes());
        if (exceeded || !HeapRoom.isThere(bytes) && !GCImpl.shouldIgnoreOutOfMemory()) {
            throw OutOfMemoryUtil.heapSizeExceeded();
        }
    }
}
