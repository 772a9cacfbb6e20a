package dev.cortado.drivers.xen.pv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.machine.Machine;
import dev.cortado.kernel.memory.DirectMap;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.PhysicalMemory;
import dev.cortado.kernel.memory.TableMemory;

/**
 * Page tables that only Xen may write. As long as a frame is one, no mapping of it may be writable
 * (public/xen.h, HYPERVISOR_mmu_update).
 */
final class PvTables implements TableMemory {
    /** As many changes are told at once. */
    static final int BATCH = 32;

    private final PhysicalMemory physical;
    private final MachineFrames frames;
    private final TableCalls calls;

    /** Changes that Xen has not been told of: where, by the domain's and the machine's address. */
    private final long[] slots = new long[BATCH];

    private final long[] addresses = new long[BATCH];
    private final long[] entries = new long[BATCH];
    private int waiting;

    PvTables(PhysicalMemory physical, MachineFrames frames, TableCalls calls) {
        this.physical = physical;
        this.frames = frames;
        this.calls = calls;
    }

    @Override
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public long read(long slot) {
        long entry = physical.readLong(slot);
        for (int i = 0; i < waiting; i++) {
            if (slots[i] == slot) {
                entry = entries[i];
            }
        }
        return PvEntries.decode(frames, entry);
    }

    @Override
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public void write(long slot, long entry) {
        long offset = slot & Frames.SIZE - 1;
        long machine = frames.machine(slot >>> Frames.SHIFT);
        long encoded = PvEntries.encode(frames, entry);
        if (machine == MachineFrames.NONE || encoded == MachineFrames.NONE) {
            refused();
        }
        slots[waiting] = slot;
        addresses[waiting] = machine << Frames.SHIFT | offset;
        entries[waiting++] = encoded;
        if (waiting == BATCH) {
            finish();
        }
    }

    @Override
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public void finish() {
        int count = waiting;
        waiting = 0;
        if (count > 0 && calls.update(addresses, entries, count) != 0) {
            refused();
        }
    }

    @Override
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public void enter(long table) {
        remap(table, PvEntries.READ_ONLY);
    }

    @Override
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public void leave(long table) {
        finish(); // as long as an entry points to it, it is one
        remap(table, PvEntries.READ_WRITE);
    }

    /** Changes the access of a frame in the direct map. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    private void remap(long address, long flags) {
        long machine = frames.machine(address >>> Frames.SHIFT);
        if (machine == MachineFrames.NONE
                || calls.remap(DirectMap.toVirtual(address), PvEntries.of(machine, flags)) != 0) {
            refused();
        }
    }

    /** Nothing that goes on from here would be right. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static void refused() {
        Machine.panic();
    }
}
