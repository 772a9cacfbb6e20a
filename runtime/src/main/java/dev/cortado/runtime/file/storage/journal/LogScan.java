package dev.cortado.runtime.file.storage.journal;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.journal.DescriptorBlock.Tag;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Goes through a log from its start, as far as transactions are complete and their checksums are
 * right: which blocks they have, of each the last one, and which they revoke. It takes memory by
 * the blocks of the journal, and changes nothing.
 */
final class LogScan {
    private final JournalSuperblock superblock;
    private final JournalReader reader;
    private final Storage home;
    private final long homeBlocks;
    private final JournalBlocks places;
    private final DescriptorBlock descriptors;
    private final RevokeBlock revokes;

    /** Null if there are none of v2 or v3. */
    private final JournalChecksums checksums;

    /** Of all complete transactions: the last of each block, by its place. */
    private final Map<Long, LoggedBlock> logged = new HashMap<>();

    /** Revoke blocks of complete transactions: where they are in the journal, and whose. */
    private final Map<Integer, Integer> revokeBlocks = new LinkedHashMap<>();

    // The transaction that is being read, and how far.
    private final Map<Long, LoggedBlock> pendingLogged = new HashMap<>();
    private final Map<Integer, Integer> pendingRevokes = new LinkedHashMap<>();
    private TransactionChecksum pendingChecksum = new TransactionChecksum();
    private int sequence;
    private int next;
    private int blocksLeft;

    private int transactions;
    private long lastSeconds = Long.MIN_VALUE;
    private String defect;

    /**
     * @param home what the blocks belong to
     */
    LogScan(JournalSuperblock superblock, JournalBlocks places, Storage home, long homeBlocks) {
        this.superblock = superblock;
        this.places = places;
        this.home = home;
        this.homeBlocks = homeBlocks;
        reader = new JournalReader(places);
        descriptors = new DescriptorBlock(superblock, places.blockBytes());
        revokes = new RevokeBlock(superblock, places.blockBytes());
        checksums = superblock.hasChecksums() ? new JournalChecksums(superblock.uuid()) : null;
    }

    /** Scans a log that is not empty. */
    void run() throws FileException {
        sequence = superblock.sequence();
        next = superblock.start();
        blocksLeft = superblock.end() - superblock.first();
        boolean isMore = true;
        while (isMore) {
            isMore = step();
        }
        applyRevokes();
    }

    Map<Long, LoggedBlock> logged() {
        return logged;
    }

    /** The number of the first transaction that is not complete. */
    int endSequence() {
        return sequence;
    }

    int transactions() {
        return transactions;
    }

    /** When the last complete transaction was committed, in seconds since 1970. */
    long lastSeconds() {
        return lastSeconds;
    }

    /** What is wrong with the first transaction that is not complete, if it is not just absent. */
    String defect() {
        return defect;
    }

    /** One block of the journal's own, and what follows it; false at the end. */
    private boolean step() throws FileException {
        if (blocksLeft == 0) {
            return false;
        }
        int at = advance();
        ByteBuffer block = reader.read(at);
        if (block.getInt(JournalFormat.MAGIC_AT) != JournalFormat.MAGIC
                || block.getInt(JournalFormat.SEQUENCE_AT) != sequence) {
            return false;
        }
        return switch (block.getInt(JournalFormat.KIND_AT)) {
            case JournalFormat.DESCRIPTOR -> descriptor(block, at);
            case JournalFormat.REVOKE -> revoke(block, at);
            case JournalFormat.COMMIT -> commit(block, at);
            default -> defect("block %d is of no kind", at);
        };
    }

    private int advance() {
        int at = next;
        next = at + 1 == superblock.end() ? superblock.first() : at + 1;
        blocksLeft--;
        return at;
    }

    private boolean defect(String format, Object... arguments) {
        defect = format.formatted(arguments);
        return false;
    }

    private boolean isTailGood(ByteBuffer block) {
        int at = places.blockBytes() - JournalFormat.TAIL_BYTES;
        return checksums == null || checksums.isGood(block, at);
    }

    private boolean descriptor(ByteBuffer block, int at) throws FileException {
        if (!isTailGood(block)) {
            return defect("checksum of descriptor block %d", at);
        }
        boolean isSummed = superblock.hasCompatibleChecksum();
        if (isSummed) {
            pendingChecksum.update(block);
        }
        for (Tag tag : descriptors.read(block)) {
            if (blocksLeft == 0) {
                return defect("descriptor block %d goes round the log", at);
            }
            int dataAt = advance();
            long place = tag.place();
            if (place < 0 || place >= homeBlocks || places.contains(home, place)) {
                return defect("descriptor block %d: block %d of %d", at, place, homeBlocks);
            }
            if (checksums != null && !isGood(tag, reader.read(dataAt))) {
                return defect("checksum of block %d, logged in %d", place, dataAt);
            }
            if (isSummed) {
                pendingChecksum.update(reader.read(dataAt));
            }
            pendingLogged.put(place, new LoggedBlock(dataAt, sequence, tag.isEscaped()));
        }
        return true;
    }

    private boolean isGood(Tag tag, ByteBuffer data) {
        return descriptors.isGood(tag, checksums.ofData(sequence, data, 0, data.capacity()));
    }

    private boolean revoke(ByteBuffer block, int at) {
        if (!isTailGood(block)) {
            return defect("checksum of revoke block %d", at);
        }
        if (revokes.count(block) < 0) {
            return defect("length of revoke block %d", at);
        }
        pendingRevokes.put(at, sequence);
        return true;
    }

    private boolean commit(ByteBuffer block, int at) {
        boolean isGood = checksums == null || CommitBlock.isGood(block, checksums);
        if (superblock.hasCompatibleChecksum()) {
            isGood = CommitBlock.isGood(block, pendingChecksum);
        }
        if (!isGood) {
            return defect("checksum of commit block %d", at);
        }
        logged.putAll(pendingLogged);
        revokeBlocks.putAll(pendingRevokes);
        pendingLogged.clear();
        pendingRevokes.clear();
        pendingChecksum = new TransactionChecksum();
        lastSeconds = CommitBlock.seconds(block);
        transactions++;
        sequence++;
        return true;
    }

    /** Takes out what is revoked by its own or a later transaction. */
    private void applyRevokes() throws FileException {
        for (Map.Entry<Integer, Integer> entry : revokeBlocks.entrySet()) {
            ByteBuffer block = reader.read(entry.getKey());
            int count = revokes.count(block);
            for (int record = 0; record < count; record++) {
                long place = revokes.get(block, record);
                LoggedBlock found = logged.get(place);
                if (found != null && found.sequence() - entry.getValue() <= 0) {
                    logged.remove(place);
                }
            }
        }
    }
}
