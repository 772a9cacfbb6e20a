package dev.cortado.kernel.cpu;

import com.oracle.svm.core.Uninterruptible;

/** {@link Math}'s smaller and larger, for code that must not be interrupted. */
public final class Numbers {

    private Numbers() {}

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static long min(long a, long b) {
        return a < b ? a : b;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static long max(long a, long b) {
        return a > b ? a : b;
    }
}
