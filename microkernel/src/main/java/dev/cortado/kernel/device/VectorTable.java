package dev.cortado.kernel.device;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.interrupt.Interrupts;
import dev.cortado.kernel.memory.RingMemory;

/**
 * The vectors of one CPU that devices have, and what each signals: the address of a signal word,
 * the signals, and a line to mask first, where the device's line stays active until its driver has
 * looked. All three are numbers: N devices need no N objects in the image heap. Devices that share
 * a line have a vector each, of which one is raised, and leads to the others.
 *
 * <p>A vector that is given back is retired at first: an interrupt of its old device may be on its
 * way still, and must not reach the next one. It is free after {@link #reclaim}, which the CPU
 * calls for vectors that its controller has neither pending nor in service.
 *
 * <p>Changes are made under one lock; the CPU itself reads without it. While it signals it says so
 * ({@link #begin}): whoever takes a vector back waits for {@link #isInUse}, and may then free the
 * word.
 */
final class VectorTable {
    /** Below are those of handlers in the image, which are the same on all CPUs. */
    static final int FIRST = Interrupts.FIRST_DEVICE_VECTOR;

    /** One behind the last, and no device's: a CPU is asked with it to reclaim its vectors. */
    static final int END = Interrupts.TIMER_VECTOR - 1;

    /** What {@link #allocate} returns when all are taken. */
    static final int NONE = 0;

    /** What a vector without a line has. */
    static final long NO_LINE = -1;

    /** Fields of an entry. */
    private static final int WORD = 0;

    private static final int SIGNALS = 8;
    private static final int LINE = 16;
    private static final int NEXT = 24;
    private static final int UNSEEN = 32;
    private static final int ENTRY_SHIFT = 6;

    /** Values of {@link #WORD} that are no addresses. */
    private static final long FREE = 0;

    private static final long RETIRED = 1;

    /** Behind the entries: the vector that is just signalled, and the one given out last. */
    private static final int USED_NOW = (END - FIRST) << ENTRY_SHIFT;

    private static final int LAST_GIVEN = USED_NOW + Long.BYTES;

    /** Bytes of a table, all zero at first. */
    static final int BYTES = LAST_GIVEN + Long.BYTES;

    private final RingMemory memory;

    VectorTable(RingMemory memory) {
        this.memory = memory;
    }

    /**
     * Binds a free vector; the one that was free longest, as far as that is known.
     *
     * @param table address of a CPU's table
     * @param word address of a signal word, never 0 or 1
     * @param line what {@link #line} returns for it
     * @return NONE if all are taken or retired
     */
    @Uninterruptible(reason = Interrupts.REASON)
    int allocate(long table, long word, long signals, long line) {
        int last = (int) memory.readLong(table + LAST_GIVEN);
        for (int i = 1; i <= END - FIRST; i++) {
            int vector = FIRST + (last + i) % (END - FIRST);
            long entry = entry(table, vector);
            if (memory.readLong(entry + WORD) == FREE) {
                memory.writeLong(entry + SIGNALS, signals);
                memory.writeLong(entry + LINE, line);
                memory.writeLong(entry + NEXT, NONE);
                memory.writeLong(entry + UNSEEN, 0);
                memory.writeLongRelease(entry + WORD, word);
                memory.writeLong(table + LAST_GIVEN, vector - FIRST);
                return vector;
            }
        }
        return NONE;
    }

    /**
     * Nobody is signalled any more, after which ask {@link #isInUse}. The device sends none.
     *
     * @return false if it is bound to nobody; then nothing is changed
     */
    @Uninterruptible(reason = Interrupts.REASON)
    boolean release(long table, int vector) {
        if (!isBound(table, vector)) {
            return false;
        }
        memory.writeLongRelease(entry(table, vector) + WORD, RETIRED);
        memory.fullFence(); // before isInUse looks, see begin
        return true;
    }

    /** Whether the CPU may still signal what {@link #release} has taken away: for a moment. */
    @Uninterruptible(reason = Interrupts.REASON)
    boolean isInUse(long table, int vector) {
        return memory.readLongAcquire(table + USED_NOW) == vector;
    }

    @Uninterruptible(reason = Interrupts.REASON)
    boolean isBound(long table, int vector) {
        return isDevices(vector)
                && Long.compareUnsigned(memory.readLong(entry(table, vector) + WORD), RETIRED) > 0;
    }

    @Uninterruptible(reason = Interrupts.REASON)
    boolean isRetired(long table, int vector) {
        return isDevices(vector) && memory.readLong(entry(table, vector) + WORD) == RETIRED;
    }

    /** A retired vector may be given out again; others are left alone. */
    @Uninterruptible(reason = Interrupts.REASON)
    void reclaim(long table, int vector) {
        if (isRetired(table, vector)) {
            memory.writeLongRelease(entry(table, vector) + WORD, FREE);
        }
    }

    /**
     * The CPU is about to signal a vector's word, until {@link #end}. Either it sees here that
     * there is none any more, or whoever has taken it away sees this CPU. {@link #end} is called
     * whatever this returns.
     *
     * @return the word's address, 0 if there is none
     */
    @Uninterruptible(reason = Interrupts.REASON)
    long begin(long table, int vector) {
        if (!isDevices(vector)) {
            return 0;
        }
        memory.writeLongRelease(table + USED_NOW, vector);
        memory.fullFence();
        long word = memory.readLongAcquire(entry(table, vector) + WORD);
        return word == RETIRED ? 0 : word;
    }

    /** What to signal the word with; between {@link #begin} and {@link #end}. */
    @Uninterruptible(reason = Interrupts.REASON)
    long signals(long table, int vector) {
        return memory.readLong(entry(table, vector) + SIGNALS);
    }

    @Uninterruptible(reason = Interrupts.REASON)
    void setSignals(long table, int vector, long signals) {
        memory.writeLongRelease(entry(table, vector) + SIGNALS, signals);
    }

    /** The line to mask before, or NO_LINE; between {@link #begin} and {@link #end}. */
    @Uninterruptible(reason = Interrupts.REASON)
    long line(long table, int vector) {
        return memory.readLong(entry(table, vector) + LINE);
    }

    /**
     * Whoever signals a vector signals another one behind it, too.
     *
     * @param next NONE for none
     */
    @Uninterruptible(reason = Interrupts.REASON)
    void setNext(long table, int vector, int next) {
        memory.writeLongRelease(entry(table, vector) + NEXT, next);
    }

    /**
     * The vector to be signalled behind one, also if that one was taken back meanwhile; or NONE.
     */
    @Uninterruptible(reason = Interrupts.REASON)
    int next(long table, int vector) {
        return (int) memory.readLongAcquire(entry(table, vector) + NEXT);
    }

    /** Whether a driver was signalled, by the CPU, and has not said since that it looked. */
    @Uninterruptible(reason = Interrupts.REASON)
    boolean isUnseen(long table, int vector) {
        return memory.readLongAcquire(entry(table, vector) + UNSEEN) != 0;
    }

    @Uninterruptible(reason = Interrupts.REASON)
    void setUnseen(long table, int vector, boolean isUnseen) {
        memory.writeLongRelease(entry(table, vector) + UNSEEN, isUnseen ? 1 : 0);
    }

    @Uninterruptible(reason = Interrupts.REASON)
    void end(long table) {
        memory.writeLongRelease(table + USED_NOW, 0);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static boolean isDevices(int vector) {
        return vector >= FIRST && vector < END;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static long entry(long table, int vector) {
        return table + ((long) (vector - FIRST) << ENTRY_SHIFT);
    }
}
