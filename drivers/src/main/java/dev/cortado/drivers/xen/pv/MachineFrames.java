package dev.cortado.drivers.xen.pv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.memory.PhysicalMemory;

/**
 * The domain's frames are numbered from 0; behind each is one of the machine's, in no order. The
 * domain's list says which, Xen's table the other way round (public/arch-x86/xen-x86_64.h, {@code
 * MACH2PHYS_VIRT_START}).
 */
final class MachineFrames {
    /** What there is instead of a frame. */
    static final long NONE = -1;

    /** Where Xen has its table: 8 bytes for each frame of the machine. */
    static final long XENS_TABLE = 0xffff_8000_0000_0000L;

    /** A machine frame's number has fewer bits: an address has at most 52. */
    private static final int FRAME_BITS = 40;

    private final PhysicalMemory virtual;
    private long list;
    private long count;

    /**
     * @param virtual memory by its virtual address
     */
    MachineFrames(PhysicalMemory virtual) {
        this.virtual = virtual;
    }

    /** The list is at that virtual address from now on. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    void use(long listAddress, long frames) {
        list = listAddress;
        count = frames;
    }

    /** How many frames the domain's list has. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    long count() {
        return count;
    }

    /** The machine's frame behind one of the domain's, NONE if there is none. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    long machine(long frame) {
        if (frame < 0 || frame >= count) {
            return NONE;
        }
        long machine = virtual.readLong(list + frame * Long.BYTES);
        return machine >>> FRAME_BITS == 0 ? machine : NONE;
    }

    /** From now on that machine frame is behind one of the domain's, or NONE is. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    void set(long frame, long machine) {
        virtual.writeLong(list + frame * Long.BYTES, machine);
    }

    /** The domain's frame that one of the machine's is behind, NONE if it is not the domain's. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    long frame(long machine) {
        if (machine >>> FRAME_BITS != 0) {
            return NONE;
        }
        long frame = virtual.readLong(XENS_TABLE + machine * Long.BYTES);
        return machine(frame) == machine ? frame : NONE;
    }
}
