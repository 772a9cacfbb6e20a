package dev.cortado.drivers.xen.lifecycle;

import dev.cortado.drivers.xen.hypercall.Hypercall;
import dev.cortado.kernel.memory.Memory;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/** Frames of RAM that go to Xen and come back (public/memory.h), as a list of their numbers. */
final class FrameExchange {
    private static final int DECREASE_RESERVATION = 1;
    private static final int POPULATE_PHYSMAP = 6;

    private static FrameSpace space;

    /** The list, at a place that does not move; one of these lives as long as the domain. */
    private final Pointer list;

    private final long[] frames;

    FrameExchange(int capacity) {
        frames = new long[capacity];
        list = WordFactory.pointer(Memory.allocate((long) capacity * Long.BYTES));
        if (list.isNull()) {
            throw new OutOfMemoryError("No kernel memory for the balloon");
        }
    }

    /** Called while the image is built. */
    @Platforms(Platform.HOSTED_ONLY.class)
    static void setSpace(FrameSpace chosen) {
        space = chosen;
    }

    void set(int index, long frame) {
        frames[index] = frame;
    }

    long get(int index) {
        return frames[index];
    }

    /** Gives the first frames of the list to Xen; how many it has taken. */
    int give(int count) {
        for (int i = 0; i < count; i++) {
            list.writeLong(i * Long.BYTES, space.leave(frames[i]));
        }
        int done = call(DECREASE_RESERVATION, count);
        for (int i = done; i < count; i++) {
            space.come(frames[i], list.readLong(i * Long.BYTES));
        }
        return done;
    }

    /** Has memory put at the first frames of the list; at how many. */
    int takeBack(int count) {
        for (int i = 0; i < count; i++) {
            list.writeLong(i * Long.BYTES, frames[i]);
        }
        int done = call(POPULATE_PHYSMAP, count);
        for (int i = 0; i < done; i++) {
            space.come(frames[i], list.readLong(i * Long.BYTES));
        }
        return done;
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
