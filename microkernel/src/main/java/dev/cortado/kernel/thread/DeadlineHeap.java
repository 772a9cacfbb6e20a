package dev.cortado.kernel.thread;

import com.oracle.svm.core.Uninterruptible;

/**
 * Threads that wait for a deadline, the earliest first; of equal deadlines, the first that came. A
 * leftist heap (Crane 1972; Knuth, The Art of Computer Programming, vol. 3, 5.2.3) whose links run
 * through the threads, so nothing is allocated. Looking at the first takes constant time, adding
 * and removing O(log n) at the worst: interrupts are off, and how many threads wait is up to the
 * program. Nothing recurses.
 *
 * <p>A node's rank is one more than that of its right side, whose rank is never larger than the
 * left one's: there are at least two to the power of the rank, minus one, nodes, so the way down
 * the right side is short.
 *
 * <p>Not synchronised: callers hold the kernel lock.
 */
public final class DeadlineHeap {
    /** No thread. */
    public static final long NONE = 0;

    private final ThreadFields threads;

    private long root = NONE;
    private long added;

    public DeadlineHeap(ThreadFields threads) {
        this.threads = threads;
    }

    /** Adds a thread that is in no heap; its deadline does not change while it is in. */
    @Uninterruptible(reason = Scheduler.REASON)
    public void add(long thread) {
        threads.setHeapOrder(thread, ++added);
        threads.setHeapRank(thread, 1);
        threads.setHeapLeft(thread, NONE);
        threads.setHeapRight(thread, NONE);
        threads.setHeapParent(thread, NONE);
        root = meld(root, thread);
    }

    /** Takes out a thread; does nothing if it is in no heap. */
    @Uninterruptible(reason = Scheduler.REASON)
    public void remove(long thread) {
        if (!contains(thread)) {
            return;
        }
        long parent = threads.heapParent(thread);
        long below = meld(threads.heapLeft(thread), threads.heapRight(thread));
        if (below != NONE) {
            threads.setHeapParent(below, parent);
        }
        if (parent == NONE) {
            root = below;
        } else if (threads.heapLeft(parent) == thread) {
            threads.setHeapLeft(parent, below);
        } else {
            threads.setHeapRight(parent, below);
        }
        balanceUp(parent, false);
        threads.setHeapOrder(thread, 0);
    }

    /** Whether a thread is in a heap: with several heaps, the caller knows in which. */
    @Uninterruptible(reason = Scheduler.REASON)
    public boolean contains(long thread) {
        return threads.heapOrder(thread) != 0;
    }

    /** The thread with the earliest deadline, which stays in; {@link #NONE} if there is none. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long first() {
        return root;
    }

    /**
     * Makes one heap of two, given by their roots or NONE: sorts their right sides into one.
     *
     * @return its root, whose parent the caller sets if it has one
     */
    @Uninterruptible(reason = Scheduler.REASON)
    private long meld(long a, long b) {
        if (a == NONE || b == NONE) {
            return a == NONE ? b : a;
        }
        long top = isBefore(a, b) ? a : b;
        long rest = top == a ? b : a;
        long at = top;
        threads.setHeapParent(top, NONE);
        while (rest != NONE) {
            long right = threads.heapRight(at);
            boolean restIsNext = right == NONE || isBefore(rest, right);
            long next = restIsNext ? rest : right;
            rest = restIsNext ? right : rest;
            threads.setHeapRight(at, next);
            threads.setHeapParent(next, at);
            at = next;
        }
        balanceUp(threads.heapParent(at), true);
        return top;
    }

    /**
     * Brings a node and those above it in order again. Those whose ranks change on the way up have
     * ranks that follow each other, so that there are few of them; when {@code all} is set, the
     * node is at the end of the right side.
     *
     * @param all whether to go on above a node whose rank has not changed
     */
    @Uninterruptible(reason = Scheduler.REASON)
    private void balanceUp(long node, boolean all) {
        long at = node;
        boolean changed = true;
        while (at != NONE && (changed || all)) {
            long left = threads.heapLeft(at);
            long right = threads.heapRight(at);
            if (rank(left) < rank(right)) {
                threads.setHeapLeft(at, right);
                threads.setHeapRight(at, left);
            }
            int rank = rank(threads.heapRight(at)) + 1;
            changed = rank != threads.heapRank(at);
            threads.setHeapRank(at, rank);
            at = threads.heapParent(at);
        }
    }

    @Uninterruptible(reason = Scheduler.REASON)
    private int rank(long thread) {
        return thread == NONE ? 0 : threads.heapRank(thread);
    }

    @Uninterruptible(reason = Scheduler.REASON)
    private boolean isBefore(long a, long b) {
        long deadlineA = threads.deadline(a);
        long deadlineB = threads.deadline(b);
        return deadlineA != deadlineB
                ? deadlineA < deadlineB
                : threads.heapOrder(a) < threads.heapOrder(b);
    }
}
