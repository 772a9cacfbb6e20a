package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;

/** Sizes of frames and pages, and rounding to them. */
public final class Frames {
    public static final int SHIFT = 12;
    public static final long SIZE = 1L << SHIFT;
    public static final int LARGE_SHIFT = 21;
    public static final long LARGE_SIZE = 1L << LARGE_SHIFT;

    /** The order of a block of frames that a large page has. */
    public static final int LARGE_ORDER = 9;

    public static final long HUGE_SIZE = 1L << 30;

    private Frames() {}

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static long roundUp(long value, long multiple) {
        return (value + multiple - 1) & -multiple;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static long roundDown(long value, long multiple) {
        return value & -multiple;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static boolean isAligned(long value, long multiple) {
        return (value & (multiple - 1)) == 0;
    }

    /** The smallest order whose blocks hold that many bytes. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static int orderFor(long bytes) {
        int order = 0;
        while (order < 63 - SHIFT && SIZE << order < bytes) {
            order++;
        }
        return order;
    }
}
