package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Numbers;

/**
 * The machine's RAM as the boot protocol tells it: ranges in ascending order, whole frames,
 * overlapping or touching ones merged. Has a fixed capacity, since it is filled before any memory
 * can be allocated; ranges that do not fit are not used.
 */
public final class MemoryMap {
    private static final int CAPACITY = 128;

    private final long[] begins = new long[CAPACITY];
    private final long[] ends = new long[CAPACITY];
    private int count;

    /** Adds the whole frames of [begin, end) that lie below {@code limit}. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public void add(long begin, long end, long limit) {
        long first = Frames.roundUp(begin, Frames.SIZE);
        long last =
                Frames.roundDown(Long.compareUnsigned(end, limit) > 0 ? limit : end, Frames.SIZE);
        if (Long.compareUnsigned(begin, limit) >= 0 || first >= last) {
            return;
        }
        int at = 0;
        while (at < count && ends[at] < first) {
            at++;
        }
        int after = at;
        while (after < count && begins[after] <= last) {
            first = Numbers.min(first, begins[after]);
            last = Numbers.max(last, ends[after]);
            after++;
        }
        replace(at, after, first, last);
    }

    /** Replaces the ranges [at, after) by one. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    private void replace(int at, int after, long begin, long end) {
        int shift = 1 - (after - at);
        if (shift > 0) {
            if (count == CAPACITY) {
                return;
            }
            for (int i = count; i > at; i--) {
                begins[i] = begins[i - 1];
                ends[i] = ends[i - 1];
            }
        } else {
            for (int i = after; shift < 0 && i < count; i++) {
                begins[i + shift] = begins[i];
                ends[i + shift] = ends[i];
            }
        }
        begins[at] = begin;
        ends[at] = end;
        count += shift;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public int count() {
        return count;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long begin(int range) {
        return begins[range];
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long end(int range) {
        return ends[range];
    }

    /** Bytes of RAM in all. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public long bytes() {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += ends[i] - begins[i];
        }
        return sum;
    }
}
