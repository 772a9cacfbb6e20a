package dev.cortado.kernel.thread;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.memory.PhysicalMemory;

/**
 * The runnable threads of one CPU: a queue for each level, first come first served, the highest
 * level first. The links run through the threads' control blocks, so nothing is allocated.
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

    /** No thread. */
    public static final long NONE = 0;

    private final PhysicalMemory memory;
    private final long nextOffset;
    private final long previousOffset;
    private final long levelOffset;
    private final long enqueuedAtOffset;
    private final long affinityOffset;

    private final long[] heads = new long[LEVELS];
    private final long[] tails = new long[LEVELS];
    private final long[] servedAt = new long[LEVELS];

    /** Bit n set: level n has threads. */
    private int occupied;

    private int count;

    public RunQueue(PhysicalMemory memory, NodeLayout layout) {
        this.memory = memory;
        nextOffset = layout.next();
        previousOffset = layout.previous();
        levelOffset = layout.level();
        enqueuedAtOffset = layout.enqueuedAt();
        affinityOffset = layout.affinity();
    }

    /** Puts a thread that is on no queue behind all others of its level. */
    @Uninterruptible(reason = Scheduler.REASON)
    public void append(long thread, int level, long nowNanos) {
        long last = tails[level];
        memory.writeLong(thread + nextOffset, NONE);
        memory.writeLong(thread + previousOffset, last);
        memory.writeLong(thread + enqueuedAtOffset, nowNanos);
        if (last == NONE) {
            heads[level] = thread;
        } else {
            memory.writeLong(last + nextOffset, thread);
        }
        tails[level] = thread;
        added(thread, level);
    }

    /**
     * Puts a thread that is on no queue before all others of its level, such as one whose time
     * slice was cut short. Its wait counts from when the wait of the thread behind it began, so
     * that the first of a level is always the one that has waited longest.
     */
    @Uninterruptible(reason = Scheduler.REASON)
    public void prepend(long thread, int level, long nowNanos) {
        long first = heads[level];
        memory.writeLong(thread + nextOffset, first);
        memory.writeLong(thread + previousOffset, NONE);
        if (first == NONE) {
            memory.writeLong(thread + enqueuedAtOffset, nowNanos);
            tails[level] = thread;
        } else {
            memory.writeLong(thread + enqueuedAtOffset, memory.readLong(first + enqueuedAtOffset));
            memory.writeLong(first + previousOffset, thread);
        }
        heads[level] = thread;
        added(thread, level);
    }

    /** Takes off a thread that is on this queue. */
    @Uninterruptible(reason = Scheduler.REASON)
    public void remove(long thread) {
        int level = (int) memory.readLong(thread + levelOffset);
        long next = memory.readLong(thread + nextOffset);
        long previous = memory.readLong(thread + previousOffset);
        if (previous == NONE) {
            heads[level] = next;
        } else {
            memory.writeLong(previous + nextOffset, next);
        }
        if (next == NONE) {
            tails[level] = previous;
        } else {
            memory.writeLong(next + previousOffset, previous);
        }
        if (heads[level] == NONE) {
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
        long thread = heads[level];
        remove(thread);
        servedAt[level] = nowNanos;
        return thread;
    }

    /**
     * For a CPU that has nothing to do: takes off the first thread of the highest level that may
     * run there. Passes over every thread that may not.
     *
     * @return {@link #NONE} if there is none
     */
    @Uninterruptible(reason = Scheduler.REASON)
    public long takeAllowed(int cpu) {
        if (cpu < 0 || cpu >= Long.SIZE) {
            return NONE;
        }
        for (int level = highestLevel(); level >= 0; level--) {
            long thread = heads[level];
            while (thread != NONE) {
                if ((memory.readLong(thread + affinityOffset) >>> cpu & 1) != 0) {
                    remove(thread);
                    return thread;
                }
                thread = memory.readLong(thread + nextOffset);
            }
        }
        return NONE;
    }

    /** The first thread of the highest level, which stays on the queue; {@link #NONE} if empty. */
    @Uninterruptible(reason = Scheduler.REASON)
    public long peek() {
        int level = highestLevel();
        return level < 0 ? NONE : heads[level];
    }

    /** The highest level that has threads, -1 if none has. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public int highestLevel() {
        return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(occupied);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public int count() {
        return count;
    }

    @Uninterruptible(reason = Scheduler.REASON)
    private void added(long thread, int level) {
        memory.writeLong(thread + levelOffset, level);
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
                long wait = nowNanos - memory.readLong(heads[level] + enqueuedAtOffset);
                if (wait > longestWait) {
                    longestWait = wait;
                    chosen = level;
                }
            }
        }
        return chosen;
    }
}
