package dev.cortado.runtime.file.ext4.map;

/**
 * Where blocks of a file are, from the one that was asked for.
 *
 * @param place the block of the disk that keeps the first; 0 for a hole
 * @param count how many blocks of the file, one behind the other on the disk or all in the hole: at
 *     least 1
 * @param isUnwritten zeros are read there, whatever the disk has
 * @param isFresh the blocks were given to the file by this call, or were unwritten before it: what
 *     the disk has in them was never the file's
 */
public record Mapping(long place, long count, boolean isUnwritten, boolean isFresh) {
    static Mapping hole(long count) {
        return new Mapping(0, count, false, false);
    }

    /** The rest of it behind some of its blocks, fewer than all. */
    public Mapping from(long offset) {
        return new Mapping(isHole() ? 0 : place + offset, count - offset, isUnwritten, isFresh);
    }

    public boolean isHole() {
        return place == 0;
    }

    /** Whether there are bytes of the file on the disk. */
    public boolean hasBytes() {
        return !isHole() && !isUnwritten;
    }
}
