package dev.cortado.runtime.file.ext4.group;

/**
 * Blocks one behind the other on the disk.
 *
 * @param first number of the first
 * @param count how many, at least 1
 */
public record BlockRun(long first, long count) {
    /** The block behind the last. */
    public long end() {
        return first + count;
    }
}
