package dev.cortado.kernel.thread;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.memory.PhysicalMemory;

/**
 * Threads that wait for a deadline, the earliest first; of equal deadlines, the first that came. An
 * intrusive pairing heap (Fredman, Sedgewick, Sleator and Tarjan 1986): the links run through the
 * threads' control blocks, so nothing is allocated. Adding and looking at the first take constant
 * time, removing O(log n) amortised; most threads are woken before their deadline and never had
 * others below them, so that removing them is constant, too. Nothing recurses.
 *
 * <p>Not synchronised: callers hold the kernel lock.
 */
public final class DeadlineHeap {
    /** No thread. */
    public static final long NONE = 0;

    /**
     * Where a thread's control block holds what the heap needs: offsets in bytes from the block's
     * address, each of a field of 8 bytes. All but {@code deadline} are the heap's own.
     *
     * @param deadline read only; must not change while the thread is in a heap
     * @param child first of the threads below this one
     * @param next the thread's next sibling
     * @param previous its previous sibling; of a first child, its parent
     * @param order when it was added; 0 (as in fresh memory) while it is in no heap
     */
    public record Layout(long deadline, long child, long next, long previous, long order) {}

    private final PhysicalMemory memory;
    private final long deadlineOffset;
    private final long childOffset;
    private final long nextOffset;
    private final long previousOffset;
    private final long orderOffset;

    private long root = NONE;
    private long added;

    public DeadlineHeap(PhysicalMemory memory, Layout layout) {
        this.memory = memory;
        deadlineOffset = layout.deadline();
        childOffset = layout.child();
        nextOffset = layout.next();
        previousOffset = layout.previous();
        orderOffset = layout.order();
    }

    /** Adds a thread that is in no heap. */
    @Uninterruptible(reason = Scheduler.REASON)
    public void add(long thread) {
        memory.writeLong(thread + orderOffset, ++added);
        memory.writeLong(thread + childOffset, NONE);
        memory.writeLong(thread + nextOffset, NONE);
        memory.writeLong(thread + previousOffset, NONE);
        root = meld(root, thread);
    }

    /** Takes out a thread; does nothing if it is in no heap. */
    @Uninterruptible(reason = Scheduler.REASON)
    public void remove(long thread) {
        if (!contains(thread)) {
            return;
        }
        long below = combine(memory.readLong(thread + childOffset));
        if (thread == root) {
            root = below;
        } else {
            cut(thread);
            root = meld(root, below);
        }
        memory.writeLong(thread + orderOffset, 0);
    }

    /** Whether a thread is in a heap: with several heaps, the caller knows in which. */
    @Uninterruptible(reason = Scheduler.REASON)
    public boolean contains(long thread) {
        return memory.readLong(thread + orderOffset) != 0;
    }

    /** The thread with the earliest deadline, which stays in; {@link #NONE} if there is none. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long first() {
        return root;
    }

    /** Takes a thread that is not the root, with all below it, off its parent. */
    @Uninterruptible(reason = Scheduler.REASON)
    private void cut(long thread) {
        long next = memory.readLong(thread + nextOffset);
        long previous = memory.readLong(thread + previousOffset);
        if (memory.readLong(previous + childOffset) == thread) {
            memory.writeLong(previous + childOffset, next);
        } else {
            memory.writeLong(previous + nextOffset, next);
        }
        if (next != NONE) {
            memory.writeLong(next + previousOffset, previous);
        }
    }

    /**
     * Makes one heap of siblings: melds them in pairs from the first to the last, then the results
     * into one from the last to the first. Between the passes the results are a list from the last
     * to the first, linked through {@code next}.
     *
     * @param first the first sibling, or NONE
     * @return the heap's root, or NONE
     */
    @Uninterruptible(reason = Scheduler.REASON)
    private long combine(long first) {
        long pairs = NONE;
        long rest = first;
        while (rest != NONE) {
            long a = rest;
            long b = memory.readLong(a + nextOffset);
            rest = b == NONE ? NONE : memory.readLong(b + nextOffset);
            long pair = meld(asRoot(a), asRoot(b));
            memory.writeLong(pair + nextOffset, pairs);
            pairs = pair;
        }
        long combined = NONE;
        while (pairs != NONE) {
            long pair = pairs;
            pairs = memory.readLong(pair + nextOffset);
            combined = meld(combined, asRoot(pair));
        }
        return combined;
    }

    @Uninterruptible(reason = Scheduler.REASON)
    private long asRoot(long thread) {
        if (thread != NONE) {
            memory.writeLong(thread + nextOffset, NONE);
            memory.writeLong(thread + previousOffset, NONE);
        }
        return thread;
    }

    /** Makes one heap of two, given by their roots or NONE: the later root goes below the other. */
    @Uninterruptible(reason = Scheduler.REASON)
    private long meld(long a, long b) {
        if (a == NONE) {
            return b;
        }
        if (b == NONE) {
            return a;
        }
        boolean aFirst = isBefore(a, b);
        long parent = aFirst ? a : b;
        long child = aFirst ? b : a;
        long sibling = memory.readLong(parent + childOffset);
        memory.writeLong(child + nextOffset, sibling);
        memory.writeLong(child + previousOffset, parent);
        if (sibling != NONE) {
            memory.writeLong(sibling + previousOffset, child);
        }
        memory.writeLong(parent + childOffset, child);
        return parent;
    }

    @Uninterruptible(reason = Scheduler.REASON)
    private boolean isBefore(long a, long b) {
        long deadlineA = memory.readLong(a + deadlineOffset);
        long deadlineB = memory.readLong(b + deadlineOffset);
        return deadlineA != deadlineB
                ? deadlineA < deadlineB
                : memory.readLong(a + orderOffset) < memory.readLong(b + orderOffset);
    }
}
