package dev.cortado.drivers.ata;

import java.io.IOException;

/**
 * A command (7).
 *
 * @param code one of the constants here
 * @param block first block, up to 48 bits
 * @param blocks of 512-byte data for {@link #DATA_SET_MANAGEMENT}, of the disk's for others
 * @param address of its data, as the controller sees it
 * @param bytes of its data; 0 if it has none
 * @param mayQueue whether it is a transfer that may be queued
 * @param features what its features field says, if it is not queued
 * @param packet of {@link #PACKET}, {@link #PACKET_BYTES}; else empty
 */
public record AtaCommand(
        int code,
        long block,
        int blocks,
        long address,
        int bytes,
        boolean mayQueue,
        int features,
        byte[] packet) {
    /** Of a command descriptor block in a packet, padded with zeros. */
    public static final int PACKET_BYTES = 12;

    public static final int DATA_SET_MANAGEMENT = 0x06;
    public static final int READ_DMA_EXT = 0x25;
    public static final int WRITE_DMA_EXT = 0x35;
    public static final int READ_FPDMA_QUEUED = 0x60;
    public static final int WRITE_FPDMA_QUEUED = 0x61;
    public static final int READ_DMA = 0xc8;
    public static final int WRITE_DMA = 0xca;
    public static final int PACKET = 0xa0;
    public static final int IDENTIFY_PACKET_DEVICE = 0xa1;
    public static final int FLUSH_CACHE = 0xe7;
    public static final int FLUSH_CACHE_EXT = 0xea;
    public static final int IDENTIFY_DEVICE = 0xec;

    /** In the features field of {@link #DATA_SET_MANAGEMENT}. */
    private static final int TRIM = 1;

    /** Of the device field: the block's address counts blocks (7.1.6). */
    public static final int DEVICE_LBA = 1 << 6;

    /** Of the status field (6.2). */
    public static final int STATUS_ERR = 1;

    public static final int STATUS_DRQ = 1 << 3;
    public static final int STATUS_DF = 1 << 5;
    public static final int STATUS_BSY = 1 << 7;

    /** In the features field of {@link #PACKET} (ATA8-ACS, 7.22): DMA, and to the host. */
    private static final int PACKET_DMA = 1;

    private static final int PACKET_TO_HOST = 1 << 2;

    private static final byte[] NO_PACKET = {};

    /** A command without a packet. */
    public AtaCommand(int code, long block, int blocks, long address, int bytes, boolean mayQueue) {
        this(
                code,
                block,
                blocks,
                address,
                bytes,
                mayQueue,
                code == DATA_SET_MANAGEMENT ? TRIM : 0,
                NO_PACKET);
    }

    /**
     * A packet that gets data, or none.
     *
     * @param tellsDirection whether the drive has to be told which way that is
     */
    public static AtaCommand packet(
            byte[] packet, long address, int bytes, boolean tellsDirection) {
        int features = bytes == 0 ? 0 : tellsDirection ? PACKET_DMA | PACKET_TO_HOST : PACKET_DMA;
        return new AtaCommand(PACKET, 0, 0, address, bytes, false, features, packet);
    }

    /** Whether data goes to the disk. */
    public boolean isWrite() {
        return code == WRITE_DMA
                || code == WRITE_DMA_EXT
                || code == WRITE_FPDMA_QUEUED
                || code == DATA_SET_MANAGEMENT;
    }

    /** Whether it has addresses of 48 bits, and counts of 16. */
    public boolean isLong() {
        return code == READ_DMA_EXT
                || code == WRITE_DMA_EXT
                || code == FLUSH_CACHE_EXT
                || code == DATA_SET_MANAGEMENT;
    }

    /**
     * What is wrong with one that the disk has not carried out.
     *
     * @param name of the disk, for messages
     * @param taskFile its registers: the status, and above it the error
     */
    public IOException error(String name, long taskFile) {
        return new IOException(
                "%s: %s: status 0x%02x, error 0x%02x"
                        .formatted(name, this, taskFile & 0xff, taskFile >>> Byte.SIZE & 0xff));
    }

    /** For messages. */
    @Override
    public String toString() {
        return "command 0x%02x with %d blocks at %d".formatted(code, blocks, block);
    }
}
