package dev.cortado.drivers.xen.pv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import dev.cortado.kernel.memory.PhysicalMemory;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;

/** Hypercalls about page tables (public/xen.h, HYPERVISOR_mmu_update and following). */
final class XenTableCalls implements TableCalls {
    private static final int MMU_UPDATE = 1;
    private static final int UPDATE_VA_MAPPING = 14;
    private static final int MMU_EXTENDED = 26;

    /** struct mmu_update: u64 ptr, u64 val; the low bits of ptr say MMU_NORMAL_PT_UPDATE. */
    private static final int UPDATE_BYTES = 16;

    /** struct mmuext_op: u32 cmd, at 8 arg1 (a frame or an address), at 16 arg2. */
    private static final int EXTENDED_BYTES = 24;

    /** UVMF_INVLPG and UVMF_ALL: no CPU remembers the old entry. */
    private static final long FORGET_PAGE_EVERYWHERE = 2 | 1 << 2;

    @Override
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public long update(long[] machineAddresses, long[] entries, int count) {
        Pointer requests = StackValue.get(PvTables.BATCH * UPDATE_BYTES);
        for (int i = 0; i < count; i++) {
            requests.writeLong(i * UPDATE_BYTES, machineAddresses[i]);
            requests.writeLong(i * UPDATE_BYTES + 8, entries[i]);
        }
        return Hypercall.call(MMU_UPDATE, requests.rawValue(), count, 0, Hypercall.DOMID_SELF, 0);
    }

    @Override
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public long remap(long virtual, long entry) {
        return Hypercall.call(UPDATE_VA_MAPPING, virtual, entry, FORGET_PAGE_EVERYWHERE, 0, 0);
    }

    @Override
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public long extended(int command, long argument) {
        Pointer operation = StackValue.get(EXTENDED_BYTES);
        operation.writeLong(0, command);
        operation.writeLong(8, argument);
        operation.writeLong(16, 0);
        return Hypercall.call(MMU_EXTENDED, operation.rawValue(), 1, 0, Hypercall.DOMID_SELF, 0);
    }
}
