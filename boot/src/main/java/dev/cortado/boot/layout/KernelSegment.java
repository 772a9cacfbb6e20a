package dev.cortado.boot.layout;

/**
 * A part of the image that is to be loaded.
 *
 * @param offset of its first byte in the image
 * @param fileSize bytes in the image
 * @param address physical
 * @param memorySize bytes in memory; those that are not in the image are zero
 */
public record KernelSegment(long offset, long fileSize, long address, long memorySize) {
    /** The first address after it. */
    public long end() {
        return address + memorySize;
    }
}
