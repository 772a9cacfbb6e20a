package dev.cortado.drivers.ata;

import dev.cortado.kernel.memory.RingMemory;

/** The data of DATA SET MANAGEMENT with TRIM (7.5.3.5, 4.16.3.2): one block of ranges. */
public final class TrimRanges {
    /** What the command has as data. */
    public static final int BYTES = 512;

    /** A range has 48 bits of a block's address and 16 of a count. */
    private static final int RANGE_BYTES = Long.BYTES;

    private static final int COUNT_SHIFT = 48;
    private static final long MOST_IN_RANGE = 0xffff;

    /** Of one command. */
    public static final long MOST_BLOCKS = BYTES / RANGE_BYTES * MOST_IN_RANGE;

    private TrimRanges() {}

    /** Writes the ranges; those that are not needed are empty. */
    public static void write(RingMemory memory, long address, long block, long blocks) {
        long next = block;
        long left = blocks;
        for (int i = 0; i < BYTES; i += RANGE_BYTES) {
            long count = Math.min(left, MOST_IN_RANGE);
            memory.writeLong(address + i, count == 0 ? 0 : count << COUNT_SHIFT | next);
            next += count;
            left -= count;
        }
    }

    /** The command, whose ranges are at an address. */
    public static AtaCommand command(long address) {
        return new AtaCommand(AtaCommand.DATA_SET_MANAGEMENT, 0, 1, address, BYTES, false);
    }
}
