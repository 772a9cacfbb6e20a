package dev.cortado.image.image;

/**
 * A segment as an image file describes it.
 *
 * @param name what it holds, told from its protection and place
 * @param fileSize bytes in the file
 * @param memorySize bytes in memory; those past {@code fileSize} are zero
 * @param checksum CRC-32C of the bytes in the file
 */
public record LoadedSegment(
        String name,
        Protection protection,
        long virtualAddress,
        long physicalAddress,
        long fileSize,
        long memorySize,
        int checksum) {}
