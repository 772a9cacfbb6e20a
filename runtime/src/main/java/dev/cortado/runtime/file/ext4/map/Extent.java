package dev.cortado.runtime.file.ext4.map;

/**
 * Blocks of a file that are one behind the other on the disk.
 *
 * @param block of the file, the first
 * @param count how many, at least 1
 * @param place of the first on the disk
 */
record Extent(long block, long count, long place, boolean isUnwritten) {
    /** What fits the field for a count, whose upper half says that the extent is unwritten. */
    static final int MAXIMUM_WRITTEN = 32768;

    static final int MAXIMUM_UNWRITTEN = MAXIMUM_WRITTEN - 1;

    /** The block of the file behind the last. */
    long end() {
        return block + count;
    }

    /** Where a block of it is on the disk. */
    long placeOf(long inside) {
        return place + (inside - block);
    }

    /** A part of it. */
    Extent part(long from, long end) {
        return new Extent(from, end - from, placeOf(from), isUnwritten);
    }

    /** Whether another goes on where this one ends, so that one entry can be of both. */
    boolean joins(Extent next) {
        return next.block == end()
                && next.place == place + count
                && next.isUnwritten == isUnwritten
                && count + next.count <= maximum(isUnwritten);
    }

    Extent with(Extent next) {
        return new Extent(block, count + next.count, place, isUnwritten);
    }

    static int maximum(boolean isUnwritten) {
        return isUnwritten ? MAXIMUM_UNWRITTEN : MAXIMUM_WRITTEN;
    }
}
