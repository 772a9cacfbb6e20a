package dev.cortado.runtime.file.storage.journal;

import java.nio.ByteBuffer;
import java.util.Iterator;

/**
 * Revoke blocks: blocks of the file system that are not to be replayed from earlier transactions
 * (journal.rst, "Revocation Block").
 */
final class RevokeBlock {
    /** How many bytes of the block are used. */
    private static final int USED_AT = JournalFormat.HEADER_BYTES;

    private static final int RECORDS_AT = 16;

    private final int recordBytes;
    private final int end;

    RevokeBlock(JournalSuperblock superblock, int blockBytes) {
        recordBytes = superblock.has(JournalFormat.WIDE) ? Long.BYTES : Integer.BYTES;
        end = blockBytes - (superblock.hasChecksums() ? JournalFormat.TAIL_BYTES : 0);
    }

    /** How many records there is room for. */
    int capacity() {
        return (end - RECORDS_AT) / recordBytes;
    }

    /** How many records a block has; negative if what it says is impossible. */
    int count(ByteBuffer block) {
        int used = block.getInt(USED_AT);
        boolean isPossible =
                used >= RECORDS_AT && used <= end && (used - RECORDS_AT) % recordBytes == 0;
        return isPossible ? (used - RECORDS_AT) / recordBytes : -1;
    }

    /** A record: the block that is revoked. */
    long get(ByteBuffer block, int record) {
        int at = RECORDS_AT + record * recordBytes;
        return recordBytes == Long.BYTES ? block.getLong(at) : block.getInt(at) & 0xFFFFFFFFL;
    }

    /** Writes as many records as there are, but no more than {@link #capacity}. */
    void write(ByteBuffer block, Iterator<Long> revoked) {
        int at = RECORDS_AT;
        for (int i = capacity(); i > 0 && revoked.hasNext(); i--) {
            long place = revoked.next();
            if (recordBytes == Long.BYTES) {
                block.putLong(at, place);
            } else {
                block.putInt(at, (int) place);
            }
            at += recordBytes;
        }
        block.putInt(USED_AT, at);
    }
}
