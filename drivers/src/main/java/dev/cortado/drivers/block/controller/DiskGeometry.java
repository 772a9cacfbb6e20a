package dev.cortado.drivers.block.controller;

import java.io.IOException;

/**
 * What a disk says of itself, checked.
 *
 * @param name for messages
 * @param serialNumber may be empty
 * @param bytes it keeps, whole blocks
 * @param blockBytes a power of two, 512 to 65,536
 * @param mostBytes of a request, at least a block
 * @param mostDiscardBytes of a request to discard; 0 if it does not discard
 */
public record DiskGeometry(
        String name,
        String serialNumber,
        long bytes,
        int blockBytes,
        boolean isReadOnly,
        int mostBytes,
        long mostDiscardBytes) {
    private static final int LEAST_BLOCK_BYTES = 512;
    private static final int MOST_BLOCK_BYTES = 1 << 16;

    /**
     * Of a disk that counts in blocks.
     *
     * @param blocks unsigned
     * @param blockBytes as the disk says
     * @throws IOException no disk has so many, or such blocks
     */
    public static DiskGeometry of(
            String name,
            String serialNumber,
            long blocks,
            long blockBytes,
            boolean isReadOnly,
            long mostBytes,
            long mostDiscardBytes)
            throws IOException {
        if (blockBytes < LEAST_BLOCK_BYTES
                || blockBytes > MOST_BLOCK_BYTES
                || Long.bitCount(blockBytes) != 1) {
            throw new IOException(name + ": blocks of " + blockBytes + " bytes");
        }
        if (blocks < 0 || blocks > Long.MAX_VALUE / blockBytes) {
            throw new IOException(
                    name + ": " + Long.toUnsignedString(blocks) + " blocks of " + blockBytes);
        }
        long most = mostBytes & -blockBytes;
        if (most <= 0 || most > Integer.MAX_VALUE) {
            throw new IOException(name + ": requests of at most " + mostBytes + " bytes");
        }
        return new DiskGeometry(
                name,
                serialNumber,
                blocks * blockBytes,
                (int) blockBytes,
                isReadOnly,
                (int) most,
                mostDiscardBytes & -blockBytes);
    }
}
