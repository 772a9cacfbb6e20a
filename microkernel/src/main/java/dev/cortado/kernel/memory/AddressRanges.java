package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;

/**
 * The free parts of one stretch of virtual addresses: first fit, neighbours merged when they come
 * back. The holes are a list in ascending order, its nodes in the kernel heap.
 *
 * <p>Not synchronised: callers hold the lock that guards the kernel heap.
 */
public final class AddressRanges {
    /** What {@link #reserve} returns when no hole is large enough. */
    public static final long NONE = -1;

    private static final long NO_NODE = KernelHeap.NONE;

    /** Of a node, in bytes. */
    private static final long BEGIN = 0;

    private static final long END = 8;
    private static final long NEXT = 16;
    private static final long NODE_BYTES = 24;

    private final PhysicalMemory memory;
    private final KernelHeap heap;
    private final long begin;
    private final long end;
    private long first = NO_NODE;
    private boolean started;

    /** Everything of [begin, end) is free. */
    public AddressRanges(PhysicalMemory memory, KernelHeap heap, long begin, long end) {
        this.memory = memory;
        this.heap = heap;
        this.begin = begin;
        this.end = end;
    }

    /**
     * Takes {@code bytes} at a multiple of {@code alignment} (a power of two).
     *
     * @return NONE if there is no such hole, or no memory to remember what is left of it
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public long reserve(long bytes, long alignment) {
        if (!start()) {
            return NONE;
        }
        long previous = NO_NODE;
        for (long node = first; node != NO_NODE; node = next(node)) {
            long from = Frames.roundUp(begin(node), alignment);
            if (bytes > 0
                    && from >= begin(node)
                    && from <= end(node)
                    && end(node) - from >= bytes) {
                return take(previous, node, from, from + bytes) ? from : NONE;
            }
            previous = node;
        }
        return NONE;
    }

    /**
     * Gives [from, from + bytes) back. False if it overlaps what is free already, reaches outside,
     * or there is no memory to remember it.
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public boolean release(long from, long bytes) {
        long to = from + bytes;
        if (bytes <= 0 || from < begin || to < from || to > end || !start()) {
            return false;
        }
        long left = NO_NODE;
        long right = first;
        while (right != NO_NODE && begin(right) < from) {
            left = right;
            right = next(right);
        }
        if (left != NO_NODE && end(left) > from || right != NO_NODE && begin(right) < to) {
            return false;
        }
        boolean joinsLeft = left != NO_NODE && end(left) == from;
        boolean joinsRight = right != NO_NODE && begin(right) == to;
        if (joinsLeft && joinsRight) {
            memory.writeLong(left + END, end(right));
            remove(left, right);
        } else if (joinsLeft) {
            memory.writeLong(left + END, to);
        } else if (joinsRight) {
            memory.writeLong(right + BEGIN, from);
        } else {
            return insert(left, from, to);
        }
        return true;
    }

    /** The first hole is everything; made late, since there is no heap when the image is built. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    private boolean start() {
        if (!started) {
            started = insert(NO_NODE, begin, end);
        }
        return started;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private boolean take(long previous, long node, long from, long to) {
        boolean left = begin(node) < from;
        boolean right = to < end(node);
        if (left && right) {
            if (!insert(node, to, end(node))) {
                return false;
            }
            memory.writeLong(node + END, from);
        } else if (left) {
            memory.writeLong(node + END, from);
        } else if (right) {
            memory.writeLong(node + BEGIN, to);
        } else {
            remove(previous, node);
        }
        return true;
    }

    /** A new hole behind {@code previous}, or in front. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    private boolean insert(long previous, long from, long to) {
        long node = heap.allocate(NODE_BYTES);
        if (node == NO_NODE) {
            return false;
        }
        memory.writeLong(node + BEGIN, from);
        memory.writeLong(node + END, to);
        if (previous == NO_NODE) {
            memory.writeLong(node + NEXT, first);
            first = node;
        } else {
            memory.writeLong(node + NEXT, next(previous));
            memory.writeLong(previous + NEXT, node);
        }
        return true;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private void remove(long previous, long node) {
        if (previous == NO_NODE) {
            first = next(node);
        } else {
            memory.writeLong(previous + NEXT, next(node));
        }
        heap.free(node);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private long begin(long node) {
        return memory.readLong(node + BEGIN);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private long end(long node) {
        return memory.readLong(node + END);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private long next(long node) {
        return memory.readLong(node + NEXT);
    }
}
