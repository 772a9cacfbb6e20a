package dev.cortado.drivers.xen.pv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.memory.PhysicalMemory;

/** What a PV domain asks of Xen about its page tables. Results are 0 or a negative error. */
interface TableCalls {
    /** Writes entries of tables, one after the other, at machine addresses. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    long update(long[] machineAddresses, long[] entries, int count);

    /** Writes the lowest-level entry of a virtual address in the tables in use. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    long remap(long virtual, long entry);

    /** A command on a machine frame or a virtual address. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    long extended(int command, long argument);
}
