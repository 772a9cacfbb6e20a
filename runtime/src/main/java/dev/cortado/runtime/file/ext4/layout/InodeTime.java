package dev.cortado.runtime.file.ext4.layout;

/**
 * A time of an inode: seconds since 1970 in 32 signed bits, and behind the classic inode 2 bits
 * above them and 30 bits of nanoseconds, so that it goes from 1901 to 2446. Here it is nanoseconds
 * since 1970; what is later than these can say (2262) becomes the latest that they can.
 */
final class InodeTime {
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int EPOCH_BITS = 2;
    private static final int EPOCH_MASK = 3;

    private InodeTime() {}

    static long nanos(int seconds, int extra) {
        long all = seconds + ((long) (extra & EPOCH_MASK) << Integer.SIZE);
        long nanos = Math.min(extra >>> EPOCH_BITS, NANOS_PER_SECOND - 1);
        return all >= Long.MAX_VALUE / NANOS_PER_SECOND
                ? Long.MAX_VALUE
                : all * NANOS_PER_SECOND + nanos;
    }

    /**
     * Seconds that the inode can keep.
     *
     * @param isLong with the bits behind the classic inode
     */
    static long seconds(long nanos, boolean isLong) {
        long seconds = Math.floorDiv(nanos, NANOS_PER_SECOND);
        return isLong
                ? Math.max(seconds, Integer.MIN_VALUE)
                : Math.clamp(seconds, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** The word behind the classic inode. */
    static int extra(long nanos) {
        long seconds = seconds(nanos, true);
        int epoch = (int) (seconds - (int) seconds >>> Integer.SIZE) & EPOCH_MASK;
        return (int) Math.floorMod(nanos, NANOS_PER_SECOND) << EPOCH_BITS | epoch;
    }
}
