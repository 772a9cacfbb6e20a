package dev.cortado.kernel.thread;

import com.oracle.svm.core.Uninterruptible;

/**
 * Whose turn it is on one CPU, and until when: the highest level first, threads of one level in
 * turn, each for a time slice while others wait. What a thread has used of its slice when one of a
 * higher level takes the CPU from it is used up: it goes on with the rest, before the others of its
 * level, so that each of them has its turn however often that happens. A level that has waited for
 * too long (see {@link RunQueue}) has a turn that no higher level cuts short.
 *
 * <p>Threads and time are arguments, nothing is switched or locked here: callers hold the kernel
 * lock.
 */
public final class Turns {
    /** How long a thread keeps the CPU while others of its level wait. */
    public static final long SLICE_NANOS = 10_000_000;

    /** Less than that is not worth two switches. */
    public static final long SHORTEST_NANOS = 100_000;

    /** The turn of a thread that has the CPU to itself. */
    public static final long NEVER = Scheduler.FOREVER;

    private final ThreadFields threads;
    private final RunQueue queue;
    private final WaitingCredit credit;

    /** When the turn ends, in nanoseconds of the monotonic clock. */
    private long end = NEVER;

    /** Whether it is the turn of a level that has waited for too long. */
    private boolean protectedTurn;

    public Turns(ThreadFields threads) {
        this.threads = threads;
        queue = new RunQueue(threads);
        credit = new WaitingCredit(threads);
    }

    /** Those whose turn is to come. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public RunQueue queue() {
        return queue;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long end() {
        return end;
    }

    /** Whether a thread that has just been added takes the CPU from the running one. */
    @Uninterruptible(reason = Scheduler.REASON)
    public boolean cutsShort(long thread, long running) {
        return !protectedTurn && threads.level(thread) > threads.level(running);
    }

    /** A thread is runnable that was not: it has its turn after the others of its level. */
    @Uninterruptible(reason = Scheduler.REASON)
    public void add(long thread, long now) {
        threads.setSliceLeft(thread, 0);
        queue.append(thread, now);
    }

    /**
     * The running thread loses the CPU: its slice is over, or others go first. With what is left of
     * its slice it comes before the others of its level, unless that is a lower one now.
     *
     * @param ran for how long it has run now
     */
    @Uninterruptible(reason = Scheduler.REASON)
    public void giveWay(long thread, long now, long ran) {
        long left = end == NEVER ? SLICE_NANOS : end - now;
        int level = threads.level(thread);
        credit.endIfSpent(thread, ran);
        if (left < SHORTEST_NANOS) {
            add(thread, now);
            return;
        }
        threads.setSliceLeft(thread, left);
        if (threads.level(thread) == level) {
            queue.prepend(thread, now);
        } else {
            queue.append(thread, now);
        }
    }

    /** The running thread, which has run for that long, lets the others of its level go first. */
    @Uninterruptible(reason = Scheduler.REASON)
    public void yield(long thread, long now, long ran) {
        credit.endIfSpent(thread, ran);
        add(thread, now);
    }

    /**
     * Takes the thread off the queue whose turn is next; {@link RunQueue#NONE} if there is none.
     */
    @Uninterruptible(reason = Scheduler.REASON)
    public long takeNext(long now) {
        int highest = queue.highestLevel();
        long thread = queue.takeNext(now);
        protectedTurn = thread != RunQueue.NONE && threads.level(thread) < highest;
        return thread;
    }

    /**
     * A thread's turn begins.
     *
     * @param ends even if nobody waits here
     */
    @Uninterruptible(reason = Scheduler.REASON)
    public void begin(long thread, long now, boolean ends) {
        if (ends || queue.count() > 0) {
            long left = threads.sliceLeft(thread);
            end = now + (left > 0 ? left : SLICE_NANOS);
        } else {
            end = NEVER;
        }
        threads.setSliceLeft(thread, 0);
    }

    /** The running thread has the CPU to itself no longer. */
    @Uninterruptible(reason = Scheduler.REASON)
    public void othersWait(long now) {
        if (end == NEVER) {
            end = now + SLICE_NANOS;
        }
    }
}
