package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;

/**
 * The free parts of one stretch of virtual addresses: first fit, neighbours merged when they come
 * back. The holes are a {@link HoleTree}, its nodes in the kernel heap, so that no call takes
 * longer the more threads have come and gone.
 *
 * <p>Not synchronised: callers hold the lock that guards the kernel heap.
 */
public final class AddressRanges {
    /** What {@link #reserve} returns when no hole is large enough. */
    public static final long NONE = -1;

    private static final long NO_NODE = HoleTree.NO_NODE;

    private final KernelHeap heap;
    private final HoleTree holes;
    private final long begin;
    private final long end;
    private boolean started;

    /** Everything of [begin, end) is free. */
    public AddressRanges(PhysicalMemory memory, KernelHeap heap, long begin, long end) {
        this.heap = heap;
        this.begin = begin;
        this.end = end;
        holes = new HoleTree(memory);
    }

    /**
     * Takes {@code bytes}, whole pages, at a multiple of {@code alignment} (a power of two).
     *
     * @return NONE if there is no hole that has them wherever it begins, or no memory to remember
     *     what is left of it
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public long reserve(long bytes, long alignment) {
        if (bytes <= 0 || bytes > end - begin || alignment > end - begin || !start()) {
            return NONE;
        }
        long node = holes.firstOf(bytes + (alignment > Frames.SIZE ? alignment - Frames.SIZE : 0));
        if (node == NO_NODE) {
            return NONE;
        }
        long from = Frames.roundUp(holes.begin(node), alignment);
        return take(node, from, from + bytes) ? from : NONE;
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
        long left = holes.lastBelow(from);
        long right = holes.firstFrom(from);
        if (left != NO_NODE && holes.end(left) > from
                || right != NO_NODE && holes.begin(right) < to) {
            return false;
        }
        boolean joinsLeft = left != NO_NODE && holes.end(left) == from;
        boolean joinsRight = right != NO_NODE && holes.begin(right) == to;
        if (joinsLeft && joinsRight) {
            long merged = holes.end(right);
            remove(right);
            holes.resize(left, holes.begin(left), merged);
        } else if (joinsLeft) {
            holes.resize(left, holes.begin(left), to);
        } else if (joinsRight) {
            holes.resize(right, from, holes.end(right));
        } else {
            return insert(from, to);
        }
        return true;
    }

    /** The first hole is everything; made late, since there is no heap when the image is built. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    private boolean start() {
        if (!started) {
            started = insert(begin, end);
        }
        return started;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private boolean take(long node, long from, long to) {
        long first = holes.begin(node);
        long last = holes.end(node);
        if (first < from && to < last && !insert(to, last)) {
            return false;
        }
        if (first < from) {
            holes.resize(node, first, from);
        } else if (to < last) {
            holes.resize(node, to, last);
        } else {
            remove(node);
        }
        return true;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private boolean insert(long from, long to) {
        long node = heap.allocate(HoleTree.NODE_BYTES);
        if (node == NO_NODE) {
            return false;
        }
        holes.insert(node, from, to);
        return true;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private void remove(long node) {
        holes.remove(node);
        heap.free(node);
    }
}
