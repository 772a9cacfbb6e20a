package dev.cortado.runtime.file.storage.journal;

import java.nio.ByteBuffer;

/** Commit blocks: the transaction before is complete (journal.rst, "Commit Block"). */
final class CommitBlock {
    /** With checksums v1: 1 for CRC-32. */
    private static final int CHECKSUM_KIND_AT = 0x0C;

    private static final int CHECKSUM_LENGTH_AT = 0x0D;
    private static final int CHECKSUM_AT = 0x10;
    private static final int SECONDS_AT = 0x30;
    private static final int NANOS_AT = 0x38;

    private static final int CRC32 = 1;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private CommitBlock() {}

    static long seconds(ByteBuffer block) {
        return block.getLong(SECONDS_AT);
    }

    /** Whether its checksum v2 or v3 is right. */
    static boolean isGood(ByteBuffer block, JournalChecksums checksums) {
        return checksums.isGood(block, CHECKSUM_AT);
    }

    /** Whether its checksum v1 is that of the transaction, or it has none. */
    static boolean isGood(ByteBuffer block, TransactionChecksum transaction) {
        int kind = block.get(CHECKSUM_KIND_AT);
        int length = block.get(CHECKSUM_LENGTH_AT);
        int checksum = block.getInt(CHECKSUM_AT);
        boolean hasNone = kind == 0 && length == 0 && checksum == 0;
        return hasNone
                || kind == CRC32 && length == Integer.BYTES && checksum == transaction.value();
    }

    /**
     * Writes what is behind the header of a block of zeros.
     *
     * @param nanos the time, since 1970
     * @param checksums v2 or v3; null if there are none
     */
    static void write(ByteBuffer block, long nanos, JournalChecksums checksums) {
        block.putLong(SECONDS_AT, Math.floorDiv(nanos, NANOS_PER_SECOND));
        block.putInt(NANOS_AT, (int) Math.floorMod(nanos, NANOS_PER_SECOND));
        if (checksums != null) {
            checksums.put(block, CHECKSUM_AT);
        }
    }
}
