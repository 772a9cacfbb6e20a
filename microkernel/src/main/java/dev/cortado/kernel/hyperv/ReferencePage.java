package dev.cortado.kernel.hyperv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.memory.OrderedMemory;
import dev.cortado.kernel.time.TickCounter;

/**
 * What the hypervisor says in memory of the time-stamp counter (TLFS, 12.7.2 "Partition Reference
 * TSC Mechanism"): the reference time in units of 100 ns is {@code (counter * scale >> 64) +
 * offset}. It may change it at any time, and then gives it another sequence number.
 */
final class ReferencePage {
    private static final String REASON = HypervMachine.REASON;

    static final int BYTES = 4096;

    /** Nothing can be told now: there is only the register. */
    static final long UNKNOWN = Long.MIN_VALUE;

    private static final int SEQUENCE = 0;
    private static final int SCALE = 8;
    private static final int OFFSET = 16;

    /** The page says nothing, as after a move to a host with another counter. */
    private static final long INVALID = 0;

    /** The same in earlier editions. */
    private static final long OLD_INVALID = 0xffff_ffffL;

    /** The sequence's bits of the first 8 bytes. */
    private static final long SEQUENCE_MASK = 0xffff_ffffL;

    private static final long UNIT_NANOS = 100;

    /** Times beyond are none: the product with {@link #UNIT_NANOS} would not be a number. */
    private static final long LATEST = Long.MAX_VALUE / UNIT_NANOS - 1;

    /** Changes take nanoseconds, and are rare. */
    private static final int ATTEMPTS = 1000;

    private final OrderedMemory memory;
    private final TickCounter counter;

    /** The first sequence that was seen, {@link #INVALID} before. */
    private long first = INVALID;

    private volatile boolean changed;

    ReferencePage(OrderedMemory memory, TickCounter counter) {
        this.memory = memory;
        this.counter = counter;
    }

    /** The reference time now by the page at an address, in nanoseconds, or {@link #UNKNOWN}. */
    @Uninterruptible(reason = REASON)
    long nanos(long page) {
        for (int i = 0; i < ATTEMPTS; i++) {
            long sequence = memory.readLongAcquire(page + SEQUENCE) & SEQUENCE_MASK;
            if (sequence == INVALID || sequence == OLD_INVALID) {
                return UNKNOWN;
            }
            long scale = memory.readLongAcquire(page + SCALE);
            long offset = memory.readLongAcquire(page + OFFSET);
            long ticks = counter.read();
            if ((memory.readLongAcquire(page + SEQUENCE) & SEQUENCE_MASK) == sequence) {
                note(sequence);
                return nanos(ticks, scale, offset);
            }
        }
        return UNKNOWN;
    }

    @Uninterruptible(reason = REASON)
    private void note(long sequence) {
        if (first == INVALID) {
            first = sequence;
        } else if (first != sequence) {
            changed = true;
        }
    }

    /**
     * Whether there has been another sequence: time goes on from the one to the other in whole
     * units, not in their parts.
     */
    @Uninterruptible(reason = REASON)
    boolean hasChanged() {
        return changed;
    }

    /** To the nanosecond: the product's lower half is a part of the unit. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static long nanos(long ticks, long scale, long offset) {
        long units = Math.unsignedMultiplyHigh(ticks, scale) + offset;
        if (units < 0 || units > LATEST) {
            return UNKNOWN;
        }
        return units * UNIT_NANOS + Math.unsignedMultiplyHigh(ticks * scale, UNIT_NANOS);
    }
}
