package dev.cortado.runtime.jdk.map;

import com.oracle.svm.core.heap.VMOperationInfos;
import com.oracle.svm.core.jdk.InternalVMMethod;
import com.oracle.svm.core.thread.JavaVMOperation;
import dev.cortado.kernel.memory.MappedPages;
import dev.cortado.runtime.file.map.PageMemory;
import dev.cortado.runtime.file.map.Reach;

/**
 * Lowers the reach of pages while all threads stand at safepoints: none of them has looked at a
 * page and not accessed it yet.
 */
@InternalVMMethod
final class ReachLowering extends JavaVMOperation {
    private static final byte NONE = (byte) Reach.NONE.ordinal();

    private final long[] addresses;
    private final int count;
    private final byte reach;

    ReachLowering(long[] addresses, int count, byte reach) {
        super(VMOperationInfos.get(ReachLowering.class, "Lower reach", SystemEffect.SAFEPOINT));
        this.addresses = addresses;
        this.count = count;
        this.reach = reach;
    }

    @Override
    protected void operate() {
        long first = Long.MAX_VALUE;
        long last = 0;
        for (int i = 0; i < count; i++) {
            long address = addresses[i];
            if (MappedPages.state(address) > reach) {
                MappedPages.setState(address, reach);
                first = Math.min(first, address);
                last = Math.max(last, address);
                if (reach == NONE) {
                    MappedPages.unmap(address);
                }
            }
        }
        if (reach == NONE && last != 0) {
            MappedPages.forget(first, last + PageMemory.PAGE_BYTES - first);
        }
    }
}
