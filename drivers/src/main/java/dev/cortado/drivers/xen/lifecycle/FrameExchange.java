package dev.cortado.drivers.xen.lifecycle;

import dev.cortado.drivers.xen.hypercall.Hypercall;
import dev.cortado.kernel.memory.Memory;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/** Frames of RAM that go to Xen and come back (public/memory.h), as a list of their numbers. */
final class FrameExchange {
    private static final int DECREASE_RESERVATION = 1;
    private static final int POPULATE_PHYSMAP = 6;

    /** The list, at a place that does not move; one of these lives as long as the domain. */
    private final Pointer list;

    FrameExchange(int capacity) {
        list = WordFactory.pointer(Memory.allocate((long) capacity * Long.BYTES));
        if (list.isNull()) {
            throw new OutOfMemoryError("No kernel memory for the balloon");
        }
    }

    void set(int index, long frame) {
        list.writeLong(index * Long.BYTES, frame);
    }

    long get(int index) {
        return list.readLong(index * Long.BYTES);
    }

    /** Gives the first frames of the list to Xen; how many it has taken. */
    int give(int count) {
        return call(DECREASE_RESERVATION, count);
    }

    /** Has memory put at the first frames of the list; at how many. */
    int takeBack(int count) {
        return call(POPULATE_PHYSMAP, count);
    }

    /**
     * struct xen_memory_reservation: u64 extent_start, u64 nr_extents, u32 extent_order, u32
     * mem_flags, u16 domid.
     */
    private int call(int command, int count) {
        if (count == 0) {
            return 0;
        }
        Pointer reservation = StackValue.get(32);
        reservation.writeLong(0, list.rawValue());
        reservation.writeLong(8, (long) count);
        reservation.writeLong(16, 0L);
        reservation.writeLong(24, Hypercall.DOMID_SELF);
        long done = Hypercall.call(Hypercall.MEMORY, command, reservation.rawValue(), 0, 0, 0);
        return done < 0 ? 0 : (int) Math.min(done, count);
    }
}
