package dev.cortado.kernel.thread;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.list.LinkedLists;

/**
 * The runnable threads of one CPU: a queue for each level, first come first served, the highest
 * level first. The links run through the threads, so nothing is allocated.
 *
 * <p>Nobody starves: a level that has not been served for {@link #STARVATION_NANOS}, and whose
 * first thread has waited as long, is served once before the levels above it. It is the level that
 * counts, not the thread: were it the thread, a queue with more work than time would serve the
 * lower levels only, since all of their threads had waited long.
 *
 * <p>Not synchronised: callers hold the kernel lock.
 */
public final class RunQueue {
    /** Levels are 0 to {@code LEVELS - 1}; higher ones run first. */
    public static final int LEVELS = 16;

    /** What a lower level waits at the most for the levels above it. */
    public static final long STARVATION_NANOS = 200_000_000;

    /** At so many threads looks a CPU that searches this queue for one to run. */
    public static final int MOST_LOOKS = 32;

    /** No thread. */
    public static final long NONE = LinkedLists.NONE;

    private final ThreadFields threads;
    private final Levels levels;
    private final long[] servedAt = new long[LEVELS];

    /** Bit n set: level n has threads. */
    private int occupied;

    private int count;

    public RunQueue(ThreadFields threads) {
        this.threads = threads;
        levels = new Levels(threads);
    }

    /** Puts a thread that is on no queue behind all others of its level. */
    @Uninterruptible(reason = Scheduler.REASON)
    public void append(long thread, long nowNanos) {
        int level = threads.level(thread);
        threads.setQueuedAt(thread, nowNanos);
        levels.append(level, thread);
        added(level);
    }

    /**
     * Puts a thread that is on no queue before all others of its level, such as one whose time
     * slice was cut short. Its wait counts from when the wait of the thread behind it began, so
     * that the first of a level is always the one that has waited longest.
     */
    @Uninterruptible(reason = Scheduler.REASON)
    public void prepend(long thread, long nowNanos) {
        int level = threads.level(thread);
        long first = levels.first(level);
        threads.setQueuedAt(thread, first == NONE ? nowNanos : threads.queuedAt(first));
        levels.prepend(level, thread);
        added(level);
    }

    /** Takes off a thread that is on this queue. */
    @Uninterruptible(reason = Scheduler.REASON)
    public void remove(long thread) {
        int level = threads.level(thread);
        levels.remove(level, thread);
        if (levels.first(level) == NONE) {
            occupied &= ~(1 << level);
        }
        count--;
    }

    /** Takes off the thread that is to run now; {@link #NONE} if the queue is empty. */
    @Uninterruptible(reason = Scheduler.REASON)
    public long takeNext(long nowNanos) {
        int highest = highestLevel();
        if (highest < 0) {
            return NONE;
        }
        int level = levelToServe(highest, nowNanos);
        long thread = levels.first(level);
        remove(thread);
        servedAt[level] = nowNanos;
        return thread;
    }

    /**
     * For a CPU that has nothing to do: takes off the first thread of the highest level that may
     * run there. Passes over those that may not, and gives up after {@link #MOST_LOOKS}: they can
     * be any number, interrupts are off, and they all have a CPU where they get their turn.
     *
     * @return {@link #NONE} if there is none
     */
    @Uninterruptible(reason = Scheduler.REASON)
    public long takeAllowed(int cpu) {
        if (cpu < 0 || cpu >= Long.SIZE) {
            return NONE;
        }
        int looks = MOST_LOOKS;
        for (int level = highestLevel(); level >= 0; level--) {
            long thread = levels.first(level);
            while (thread != NONE && looks-- > 0) {
                if ((threads.affinity(thread) >>> cpu & 1) != 0) {
                    remove(thread);
                    return thread;
                }
                thread = levels.next(thread);
            }
        }
        return NONE;
    }

    /** The first thread of the highest level, which stays on the queue; {@link #NONE} if empty. */
    @Uninterruptible(reason = Scheduler.REASON)
    public long peek() {
        int level = highestLevel();
        return level < 0 ? NONE : levels.first(level);
    }

    /** The highest level that has threads, -1 if none has. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public int highestLevel() {
        return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(occupied);
    }

    /** Whether a level above this one has threads. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public boolean hasAbove(int level) {
        return occupied >>> level + 1 != 0;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public int count() {
        return count;
    }

    @Uninterruptible(reason = Scheduler.REASON)
    private void added(int level) {
        occupied |= 1 << level;
        count++;
    }

    /** The highest level, or the starving one below it whose first thread has waited longest. */
    @Uninterruptible(reason = Scheduler.REASON)
    private int levelToServe(int highest, long nowNanos) {
        int chosen = highest;
        long longestWait = STARVATION_NANOS;
        for (int level = highest - 1; level >= 0; level--) {
            if ((occupied >>> level & 1) != 0 && nowNanos - servedAt[level] > STARVATION_NANOS) {
                long wait = nowNanos - threads.queuedAt(levels.first(level));
                if (wait > longestWait) {
                    longestWait = wait;
                    chosen = level;
                }
            }
        }
        return chosen;
    }
}
