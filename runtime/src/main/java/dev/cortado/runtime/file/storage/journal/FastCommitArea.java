package dev.cortado.runtime.file.storage.journal;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Crc32c;
import dev.cortado.runtime.file.storage.journal.FastCommitRecord.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the fast commits behind a log (journal.rst, "Fast Commits"; its numbers are little-endian):
 * what was done in the transaction that would have come next. Each of them ends with a checksum of
 * all that it has; the first that is not whole is where the machine ended.
 */
final class FastCommitArea {
    private static final int HEADER_BYTES = 4;
    private static final int LENGTH_AT = 2;

    /** As many as mke2fs has for them behind its largest log. */
    private static final int MOST_BYTES = 16 << 20;

    private static final int FEATURES_AT = 0;
    private static final int HEAD_TRANSACTION_AT = 4;
    private static final int TAIL_TRANSACTION_AT = 0;
    private static final int TAIL_CHECKSUM_AT = 4;

    private final JournalBlocks places;
    private final int transaction;

    /** Of commits that are whole. */
    private final List<FastCommitRecord> complete = new ArrayList<>();

    /** Of the one that is being read. */
    private final List<FastCommitRecord> pending = new ArrayList<>();

    private int checksum;
    private boolean isFirst = true;

    private FastCommitArea(JournalBlocks places, int transaction) {
        this.places = places;
        this.transaction = transaction;
    }

    /**
     * What is to be replayed, in its order; nothing if there are no fast commits.
     *
     * @param transaction the number of the first one that is not in the log
     * @throws FileException EOPNOTSUPP for features that are not known, and for more than anybody
     *     makes; EIO
     */
    static List<FastCommitRecord> read(
            JournalSuperblock superblock, JournalBlocks places, int transaction)
            throws FileException {
        FastCommitArea area = new FastCommitArea(places, transaction);
        if (superblock.has(JournalFormat.FAST_COMMIT)) {
            // One block behind the log is left out (fs/jbd2, j_fc_first).
            int first = superblock.end() + 1;
            int block = first;
            while (block < superblock.blocks() && area.addBlock(block)) {
                block++;
                area.requireFew(block - first);
            }
        }
        return List.copyOf(area.complete);
    }

    private void requireFew(int blocks) throws FileException {
        int most = MOST_BYTES / places.blockBytes();
        if (blocks > most) {
            throw new FileException(
                    Errno.EOPNOTSUPP,
                    "%s: more than %d blocks of fast commits; e2fsck replays them"
                            .formatted(places.storage().name(), most));
        }
    }

    /** Whether it goes on in the next one. */
    private boolean addBlock(int number) throws FileException {
        ByteBuffer block = ByteBuffer.allocate(places.blockBytes());
        places.read(number, block.slice());
        block.order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (at <= block.capacity() - HEADER_BYTES) {
            int length = Short.toUnsignedInt(block.getShort(at + LENGTH_AT));
            Kind kind = Kind.of(Short.toUnsignedInt(block.getShort(at)), length);
            if (kind == null || length > block.capacity() - at - HEADER_BYTES) {
                return false;
            }
            if (!add(kind, block, at, length)) {
                return false;
            }
            at += HEADER_BYTES + length;
        }
        return true;
    }

    private boolean add(Kind kind, ByteBuffer block, int at, int length) throws FileException {
        if (isFirst != (kind == Kind.HEAD)) {
            return false;
        }
        isFirst = false;
        ByteBuffer value = block.slice(at + HEADER_BYTES, length).order(block.order());
        if (kind == Kind.TAIL) {
            checksum = Crc32c.update(checksum, block, at, HEADER_BYTES + TAIL_CHECKSUM_AT);
            return end(value);
        }
        checksum = Crc32c.update(checksum, block, at, HEADER_BYTES + length);
        if (kind == Kind.HEAD) {
            return begin(value);
        }
        if (kind != Kind.PAD) {
            pending.add(new FastCommitRecord(kind, value));
        }
        return true;
    }

    private boolean begin(ByteBuffer head) throws FileException {
        if (head.getInt(HEAD_TRANSACTION_AT) != transaction) {
            return false;
        }
        if (head.getInt(FEATURES_AT) != 0) {
            throw new FileException(
                    Errno.EOPNOTSUPP,
                    "%s: unknown features 0x%x of fast commits"
                            .formatted(places.storage().name(), head.getInt(FEATURES_AT)));
        }
        return true;
    }

    private boolean end(ByteBuffer tail) {
        if (tail.getInt(TAIL_TRANSACTION_AT) != transaction
                || tail.getInt(TAIL_CHECKSUM_AT) != checksum) {
            return false;
        }
        complete.addAll(pending);
        pending.clear();
        checksum = 0;
        return true;
    }
}
