package dev.cortado.drivers.xen.event;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.shared.SharedInfo;
import dev.cortado.kernel.interrupt.Interrupts;
import dev.cortado.kernel.memory.RingMemory;

/**
 * Two-level event channels (public/event_channel.h, "2-level ABI"): a bit a port that says whether
 * there is an event and one that says whether it is to be told, and for each virtual CPU a bit a
 * word of those. Xen, other CPUs and this one change them at the same time.
 */
final class EventBits {
    /** Ports of a 64-bit domain. */
    static final int PORTS = 64 * 64;

    private static final int INT_SHIFT = 5;

    private final RingMemory memory;

    EventBits(RingMemory memory) {
        this.memory = memory;
    }

    /**
     * Takes the words of events that a virtual CPU has been told of; what Xen adds from now on
     * raises another upcall.
     *
     * @param virtualCpu address of its vcpu_info
     */
    @Uninterruptible(reason = Interrupts.REASON)
    long take(long virtualCpu) {
        memory.writeByte(virtualCpu + SharedInfo.UPCALL_PENDING, (byte) 0);
        memory.fullFence();
        long selector = virtualCpu + SharedInfo.PENDING_SELECTOR;
        return exchange(selector) & 0xffff_ffffL | exchange(selector + 4) << 32;
    }

    @Uninterruptible(reason = Interrupts.REASON)
    private long exchange(long address) {
        int value = memory.readIntAcquire(address);
        while (value != 0 && !memory.compareAndSetInt(address, value, 0)) {
            value = memory.readIntAcquire(address);
        }
        return value;
    }

    /** The ports of a word that have an event and are not masked, as bits. */
    @Uninterruptible(reason = Interrupts.REASON)
    long ready(long sharedInfo, int word) {
        long offset = (long) word * Long.BYTES;
        return memory.readLongAcquire(sharedInfo + SharedInfo.EVENTS_PENDING + offset)
                & ~memory.readLongAcquire(sharedInfo + SharedInfo.EVENTS_MASK + offset);
    }

    /** Takes a port's event; whether there was one. */
    @Uninterruptible(reason = Interrupts.REASON)
    boolean clearPending(long sharedInfo, int port) {
        return change(sharedInfo + SharedInfo.EVENTS_PENDING, port, false);
    }

    /** No port's events are told any more. */
    @Uninterruptible(reason = Interrupts.REASON)
    void maskAll(long sharedInfo) {
        for (int offset = 0; offset < PORTS / Byte.SIZE; offset += Long.BYTES) {
            memory.writeLong(sharedInfo + SharedInfo.EVENTS_MASK + offset, -1L);
        }
    }

    /** The port's events are not told any more; whether they have been. */
    @Uninterruptible(reason = Interrupts.REASON)
    boolean mask(long sharedInfo, int port) {
        return change(sharedInfo + SharedInfo.EVENTS_MASK, port, true);
    }

    /** Sets or clears a port's bit; whether that changed it. */
    @Uninterruptible(reason = Interrupts.REASON)
    private boolean change(long bits, int port, boolean set) {
        long address = bits + (long) (port >>> INT_SHIFT) * Integer.BYTES;
        int bit = 1 << port;
        while (true) {
            int before = memory.readIntAcquire(address);
            int after = set ? before | bit : before & ~bit;
            if (before == after) {
                return false;
            }
            if (memory.compareAndSetInt(address, before, after)) {
                return true;
            }
        }
    }
}
