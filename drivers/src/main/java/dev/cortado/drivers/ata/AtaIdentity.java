package dev.cortado.drivers.ata;

import dev.cortado.drivers.block.controller.DeviceText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a disk says of itself (IDENTIFY DEVICE, 7.12.7), as far as we use it; what it is about is
 * checked with its geometry.
 *
 * @param blocks that it has
 * @param blockBytes of one
 * @param isLong whether it knows addresses of 48 bits
 * @param queueDepth commands that it queues; 0 if it does not
 * @param flush the command that forces its cache; 0 if it has none
 * @param canTrim whether blocks can be given back
 */
public record AtaIdentity(
        String serialNumber,
        long blocks,
        long blockBytes,
        boolean isLong,
        int queueDepth,
        int flush,
        boolean canTrim) {
    /** Of the data that the command gives. */
    public static final int BYTES = 512;

    /** Of words that say whether they say something. */
    private static final int VALID_MASK = 0b11 << 14;

    private static final int VALID = 1 << 14;

    /** Words, and bits in them. */
    private static final int GENERAL = 0;

    private static final int GENERAL_NOT_ATA = 1 << 15;
    private static final int SERIAL_NUMBER = 10;
    private static final int SERIAL_NUMBER_WORDS = 10;
    private static final int CAPABILITIES = 49;
    private static final int CAPABILITIES_DMA = 1 << 8;
    private static final int CAPABILITIES_LBA = 1 << 9;
    private static final int BLOCKS_28 = 60;
    private static final int QUEUE_DEPTH = 75;
    private static final int QUEUE_DEPTH_MASK = 0x1f;
    private static final int SATA_CAPABILITIES = 76;
    private static final int SATA_NCQ = 1 << 8;
    private static final int COMMAND_SETS = 83;
    private static final int LONG_ADDRESSES = 1 << 10;
    private static final int KNOWS_FLUSH = 1 << 12;
    private static final int KNOWS_FLUSH_EXT = 1 << 13;
    private static final int BLOCKS_48 = 100;
    private static final int BLOCK_SIZES = 106;
    private static final int BLOCK_SIZES_LONG = 1 << 12;
    private static final int BLOCK_WORDS = 117;
    private static final int DATA_SET_MANAGEMENT = 169;
    private static final int CHECKSUM = 255;
    private static final int CHECKSUM_VALID = 0xa5;

    private static final int SECTOR_BYTES = 512;
    private static final long MOST_SHORT = (1L << 28) - 1;
    private static final long MOST_LONG = (1L << 48) - 1;

    /**
     * @param name for messages
     * @throws IOException it is no disk that can be used, or the data is damaged
     */
    public static AtaIdentity of(String name, byte[] identity) throws IOException {
        ByteBuffer data = ByteBuffer.wrap(identity).order(ByteOrder.LITTLE_ENDIAN);
        check(name, identity);
        int capabilities = word(data, CAPABILITIES);
        if ((word(data, GENERAL) & GENERAL_NOT_ATA) != 0
                || (capabilities & CAPABILITIES_LBA) == 0
                || (capabilities & CAPABILITIES_DMA) == 0) {
            throw new IOException(name + ": no disk with block addresses and DMA");
        }
        int sets = validWord(data, COMMAND_SETS);
        boolean isLong = (sets & LONG_ADDRESSES) != 0;
        long blocks =
                isLong
                        ? data.getLong(2 * BLOCKS_48)
                        : Integer.toUnsignedLong(data.getInt(2 * BLOCKS_28));
        if (blocks < 0 || blocks > (isLong ? MOST_LONG : MOST_SHORT)) {
            throw new IOException(name + ": " + Long.toUnsignedString(blocks) + " blocks");
        }
        boolean isLarge = (validWord(data, BLOCK_SIZES) & BLOCK_SIZES_LONG) != 0;
        long words = Integer.toUnsignedLong(data.getInt(2 * BLOCK_WORDS));
        int sata = word(data, SATA_CAPABILITIES);
        boolean queues = isLong && sata != 0xffff && (sata & SATA_NCQ) != 0;
        return new AtaIdentity(
                serialNumber(identity),
                blocks,
                isLarge ? words * 2 : SECTOR_BYTES,
                isLong,
                queues ? (word(data, QUEUE_DEPTH) & QUEUE_DEPTH_MASK) + 1 : 0,
                flush(sets, isLong),
                isLong && (word(data, DATA_SET_MANAGEMENT) & 1) != 0);
    }

    private static int flush(int sets, boolean isLong) {
        if (isLong && (sets & KNOWS_FLUSH_EXT) != 0) {
            return AtaCommand.FLUSH_CACHE_EXT;
        }
        return (sets & KNOWS_FLUSH) != 0 ? AtaCommand.FLUSH_CACHE : 0;
    }

    /** 7.12.7.92: where it is there, all bytes add up to nothing. */
    static void check(String name, byte[] identity) throws IOException {
        if ((identity[2 * CHECKSUM] & 0xff) != CHECKSUM_VALID) {
            return;
        }
        int sum = 0;
        for (byte each : identity) {
            sum += each;
        }
        if ((sum & 0xff) != 0) {
            throw new IOException(name + ": its identity has a wrong checksum");
        }
    }

    /** The first of two characters is the upper byte of a word (3.4.9). */
    private static String serialNumber(byte[] identity) {
        byte[] text = new byte[2 * SERIAL_NUMBER_WORDS];
        for (int i = 0; i < text.length; i++) {
            text[i] = identity[2 * SERIAL_NUMBER + (i ^ 1)];
        }
        return DeviceText.of(text, 0, text.length);
    }

    /** A word, or 0 if it says that it says nothing. */
    private static int validWord(ByteBuffer data, int number) {
        int word = word(data, number);
        return (word & VALID_MASK) == VALID ? word : 0;
    }

    private static int word(ByteBuffer data, int number) {
        return data.getShort(2 * number) & 0xffff;
    }
}
