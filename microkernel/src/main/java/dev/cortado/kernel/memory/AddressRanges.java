package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;

/**
 * The free parts of one stretch of virtual addresses: first fit, neighbours merged when they come
 * back. Holds a fixed number of holes, so that it works where nothing can be allocated.
 *
 * <p>Not synchronised: callers hold the kernel lock.
 */
public final class AddressRanges {
    /** What {@link #reserve} returns when no hole is large enough. */
    public static final long NONE = -1;

    private final long[] begins;
    private final long[] ends;
    private int count;

    /** Everything of [begin, end) is free; at most {@code capacity} holes are remembered. */
    public AddressRanges(long begin, long end, int capacity) {
        begins = new long[capacity];
        ends = new long[capacity];
        begins[0] = begin;
        ends[0] = end;
        count = 1;
    }

    /** Takes {@code bytes} at a multiple of {@code alignment} (a power of two), or NONE. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public long reserve(long bytes, long alignment) {
        for (int i = 0; i < count; i++) {
            long begin = Frames.roundUp(begins[i], alignment);
            if (bytes > 0 && begin >= begins[i] && begin <= ends[i] && ends[i] - begin >= bytes) {
                return take(i, begin, begin + bytes) ? begin : NONE;
            }
        }
        return NONE;
    }

    /** Gives [begin, begin + bytes) back. False if it overlaps what is free already. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public boolean release(long begin, long bytes) {
        long end = begin + bytes;
        int i = 0;
        while (i < count && ends[i] < begin) {
            i++;
        }
        if (i < count && begins[i] < end && ends[i] > begin) {
            return false;
        }
        boolean joinsLeft = i < count && ends[i] == begin;
        int right = joinsLeft ? i + 1 : i;
        if (right < count && begins[right] < end) {
            return false;
        }
        boolean joinsRight = right < count && begins[right] == end;
        if (joinsLeft && joinsRight) {
            ends[i] = ends[right];
            remove(right);
        } else if (joinsLeft) {
            ends[i] = end;
        } else if (joinsRight) {
            begins[right] = begin;
        } else {
            return insert(i, begin, end);
        }
        return true;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private boolean take(int i, long begin, long end) {
        boolean left = begins[i] < begin;
        boolean right = end < ends[i];
        if (left && right) {
            long oldEnd = ends[i];
            if (!insert(i + 1, end, oldEnd)) {
                return false;
            }
            ends[i] = begin;
        } else if (left) {
            ends[i] = begin;
        } else if (right) {
            begins[i] = end;
        } else {
            remove(i);
        }
        return true;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private boolean insert(int at, long begin, long end) {
        if (count == begins.length) {
            return false;
        }
        for (int i = count; i > at; i--) {
            begins[i] = begins[i - 1];
            ends[i] = ends[i - 1];
        }
        begins[at] = begin;
        ends[at] = end;
        count++;
        return true;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private void remove(int at) {
        count--;
        for (int i = at; i < count; i++) {
            begins[i] = begins[i + 1];
            ends[i] = ends[i + 1];
        }
    }
}
