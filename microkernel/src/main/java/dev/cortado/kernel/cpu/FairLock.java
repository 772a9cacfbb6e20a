package dev.cortado.kernel.cpu;

import com.oracle.svm.core.Uninterruptible;
import jdk.internal.misc.Unsafe;

/**
 * A spin lock whose waiters have it in turn, by the numbers of their CPUs: who gives it back
 * invites the next of them, and nobody else takes it. That would be the end of all if a hypervisor
 * had stopped just the invited CPU; so an invitation that is not followed for a while is for
 * everybody.
 *
 * <p>A CPU that has waited for long may sleep. Who gives the lock back then says whom to wake: one
 * sleeper each time, so that those who are awake need not wait until it is, and it has its turn.
 *
 * <p>Interrupts are off on the CPUs that call, so that each waits at one place at a time.
 */
final class FairLock {
    private static final String REASON = "A thread that holds a spin lock must not be stopped.";
    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    /** No CPU. */
    static final int NOBODY = -1;

    /** So many looks at the lock are made, some microseconds, before interrupts may be let in. */
    static final int LOOKS = 200;

    /** So many looks an invited CPU has time to come. */
    static final int PATIENCE = 100;

    /** The lock's word: 0 if it is free for everybody. */
    private static final long FREE = 0;

    private static final long HELD = 1;

    /** Who gives it back has to see to the others. */
    private static final long CONTENDED = 1 << 1;

    /** Above: one more than the number of the CPU that is invited, while nobody holds it. */
    private static final int INVITED_SHIFT = 8;

    /**
     * Positions in {@link #state}, which has two cache lines for itself, and one on either side.
     */
    private static final int WORD = 8;

    /** A bit for each CPU that waits. */
    private static final int WAITING = 16;

    /** A bit for each of them that sleeps, or is about to. */
    private static final int ASLEEP = 17;

    /** The CPU that was invited last, and the one that was woken last; the holder's. */
    private static final int LAST_INVITED = 18;

    private static final int LAST_WOKEN = 19;

    private final long[] state = new long[32];

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static long offset(int position) {
        return Unsafe.ARRAY_LONG_BASE_OFFSET + (long) position * Long.BYTES;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private long get(int position) {
        return UNSAFE.getLongVolatile(state, offset(position));
    }

    /** Is seen by all before the caller sees what comes after it. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private void set(int position, long value) {
        UNSAFE.putLongVolatile(state, offset(position), value);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private boolean replace(int position, long expected, long value) {
        return UNSAFE.compareAndSetLong(state, offset(position), expected, value);
    }

    @Uninterruptible(reason = REASON)
    private void setBit(int position, int cpu) {
        long before = get(position);
        while ((before >>> cpu & 1) == 0 && !replace(position, before, before | 1L << cpu)) {
            before = get(position);
        }
    }

    @Uninterruptible(reason = REASON)
    private void clearBit(int position, int cpu) {
        long before = get(position);
        while ((before >>> cpu & 1) != 0 && !replace(position, before, before & ~(1L << cpu))) {
            before = get(position);
        }
    }

    /** Takes it if nobody has it or waits for it. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    boolean tryTake() {
        return replace(WORD, FREE, HELD);
    }

    /** Gives it back if nobody waits for it. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    boolean tryRelease() {
        return replace(WORD, HELD, FREE);
    }

    /**
     * Waits for it for a while.
     *
     * @return whether this CPU has it now; else it goes on waiting until it comes again
     */
    @Uninterruptible(reason = REASON)
    boolean await(int self, SpinWait wait) {
        setBit(WAITING, self);
        clearBit(ASLEEP, self);
        long invitation = FREE;
        int patience = PATIENCE;
        for (int looks = 0; looks < LOOKS; looks++) {
            long word = get(WORD);
            if ((word & HELD) != 0) {
                if ((word & CONTENDED) == 0) {
                    replace(WORD, word, word | CONTENDED);
                }
            } else {
                patience = word == invitation ? patience - 1 : PATIENCE;
                invitation = word;
                boolean free = word == FREE || word >>> INVITED_SHIFT == self + 1;
                if ((free || patience <= 0) && take(word, self)) {
                    return true;
                }
            }
            wait.pause();
        }
        return false;
    }

    @Uninterruptible(reason = REASON)
    private boolean take(long word, int self) {
        clearBit(WAITING, self);
        // Who waits from here on sees that it is held, and says so.
        long held = get(WAITING) != 0 ? HELD | CONTENDED : HELD;
        if (replace(WORD, word, held)) {
            return true;
        }
        setBit(WAITING, self);
        return false;
    }

    /**
     * Whether a CPU that waits may sleep until an interrupt comes: who gives the lock back will see
     * that it has to be woken.
     */
    @Uninterruptible(reason = REASON)
    boolean maySleep(int self) {
        setBit(ASLEEP, self);
        long word = get(WORD);
        if (word == HELD) {
            replace(WORD, word, HELD | CONTENDED);
            word = get(WORD);
        }
        if (word == (HELD | CONTENDED)) {
            return true;
        }
        clearBit(ASLEEP, self);
        return false;
    }

    /**
     * Gives it back, to somebody who waits if there is one.
     *
     * @return the CPU that has to be woken, or {@link #NOBODY}
     */
    @Uninterruptible(reason = REASON)
    int release() {
        long waiting = get(WAITING);
        int next = NOBODY;
        if (waiting == 0) {
            set(WORD, FREE);
        } else {
            long awake = waiting & ~get(ASLEEP);
            next = after((int) state[LAST_INVITED], awake != 0 ? awake : waiting);
            state[LAST_INVITED] = next;
            set(WORD, (long) (next + 1) << INVITED_SHIFT);
        }
        long asleep = get(ASLEEP);
        if (asleep == 0) {
            return NOBODY;
        }
        boolean nextSleeps = next != NOBODY && (asleep >>> next & 1) != 0;
        int woken = nextSleeps ? next : after((int) get(LAST_WOKEN), asleep);
        set(LAST_WOKEN, woken);
        clearBit(ASLEEP, woken);
        return woken;
    }

    /** The first CPU of a set behind {@code cpu}; behind the last one is the first one. */
    @Uninterruptible(reason = REASON)
    static int after(int cpu, long set) {
        long behind = cpu + 1 < Long.SIZE ? set & -1L << cpu + 1 : 0;
        return Long.numberOfTrailingZeros(behind != 0 ? behind : set);
    }
}
