package dev.cortado.drivers.xen.pv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.shared.SharedInfo;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.PhysicalMemory;

/**
 * How Xen's tools, which save a domain, find its list of machine frames: a frame with the numbers
 * of frames that have the numbers of the list's own frames (public/arch-x86/xen.h, {@code
 * arch_shared_info}).
 */
final class FrameLists {
    /** In shared_info, behind seconds' upper half: how many frames the list tells of. */
    static final int MAXIMUM_FRAME = SharedInfo.WALL_CLOCK + 16;

    /** The machine's number of the uppermost frame. */
    static final int LIST_OF_LISTS = MAXIMUM_FRAME + 8;

    private static final int ENTRIES = (int) (Frames.SIZE / Long.BYTES);

    private FrameLists() {}

    /** How many frames {@link #write} needs. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    static long count(long frames) {
        return 1 + middle(frames);
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static long middle(long frames) {
        long perMiddle = (long) ENTRIES * ENTRIES;
        return (frames + perMiddle - 1) / perMiddle;
    }

    /**
     * Writes them and tells where they are.
     *
     * @param virtual memory by its virtual address
     * @param space virtual address, in the direct map, of {@link #count} frames
     * @param first number of the domain's frame that is there
     * @param list number of the domain's frame where its list of machine frames begins
     * @param sharedInfo virtual address
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    static void write(
            PhysicalMemory virtual,
            MachineFrames frames,
            long space,
            long first,
            long list,
            long sharedInfo) {
        long lists = (frames.count() + ENTRIES - 1) / ENTRIES;
        for (long i = 0; i < middle(frames.count()); i++) {
            virtual.writeLong(space + i * Long.BYTES, frames.machine(first + 1 + i));
        }
        for (long i = 0; i < lists; i++) {
            virtual.writeLong(space + Frames.SIZE + i * Long.BYTES, frames.machine(list + i));
        }
        virtual.writeLong(sharedInfo + MAXIMUM_FRAME, frames.count());
        virtual.writeLong(sharedInfo + LIST_OF_LISTS, frames.machine(first));
    }
}
