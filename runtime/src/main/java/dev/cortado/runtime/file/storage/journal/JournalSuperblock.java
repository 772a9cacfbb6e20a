package dev.cortado.runtime.file.storage.journal;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Crc32c;
import java.nio.ByteBuffer;

/**
 * What a journal says of itself (journal.rst, "Super Block"): a checked copy of its first block. It
 * is changed here, and then written. Not synchronised.
 */
final class JournalSuperblock {
    /** Fewer blocks are no log. */
    static final int MINIMUM_LOG_BLOCKS = 64;

    private static final int BLOCK_BYTES_AT = 0x0C;
    private static final int BLOCKS_AT = 0x10;
    private static final int FIRST_AT = 0x14;
    private static final int FIRST_SEQUENCE_AT = 0x18;
    private static final int START_AT = 0x1C;
    private static final int ERROR_AT = 0x20;
    private static final int COMPATIBLE_AT = 0x24;
    private static final int INCOMPATIBLE_AT = 0x28;
    private static final int READ_ONLY_COMPATIBLE_AT = 0x2C;
    private static final int UUID_AT = 0x30;
    private static final int CHECKSUM_KIND_AT = 0x50;

    /** include/linux/jbd2.h, s_num_fc_blks: blocks behind the log for fast commits. */
    private static final int FAST_COMMIT_BLOCKS_AT = 0x54;

    private static final int DEFAULT_FAST_COMMIT_BLOCKS = 256;

    private static final int CHECKSUM_AT = 0xFC;
    private static final int BYTES = 1024;

    private final JournalBlocks places;
    private final ByteBuffer bytes;

    private JournalSuperblock(JournalBlocks places, ByteBuffer bytes) {
        this.places = places;
        this.bytes = bytes;
    }

    /**
     * @throws FileException EUCLEAN; EOPNOTSUPP for features that are not known
     */
    static JournalSuperblock read(JournalBlocks places) throws FileException {
        ByteBuffer bytes = ByteBuffer.allocate(places.blockBytes());
        JournalSuperblock superblock = new JournalSuperblock(places, bytes);
        superblock.require(places.count() > places.superblock(), "no blocks");
        places.read(places.superblock(), bytes.slice());
        superblock.check();
        return superblock;
    }

    private void check() throws FileException {
        int kind = bytes.getInt(JournalFormat.KIND_AT);
        require(
                bytes.getInt(JournalFormat.MAGIC_AT) == JournalFormat.MAGIC
                        && (kind == JournalFormat.SUPERBLOCK_V1
                                || kind == JournalFormat.SUPERBLOCK_V2),
                "no superblock");
        if (kind == JournalFormat.SUPERBLOCK_V1) {
            upgrade();
        }
        checkFeatures();
        require(
                !hasChecksums() || bytes.getInt(CHECKSUM_AT) == checksum(),
                "checksum of the superblock");
        require(
                bytes.getInt(BLOCK_BYTES_AT) == places.blockBytes(),
                "blocks of %d bytes",
                bytes.getInt(BLOCK_BYTES_AT));
        int blocks = blocks();
        require(
                blocks > 0 && blocks <= places.count(),
                "%d blocks, of which %d are there",
                blocks,
                places.count());
        int first = first();
        require(
                first > places.superblock() && first <= end() - MINIMUM_LOG_BLOCKS,
                "a log from block %d to %d",
                first,
                end());
        int start = start();
        require(start == 0 || start >= first && start < end(), "the log starts at %d", start);
    }

    /** The first version ends before the features. */
    private void upgrade() {
        bytes.putInt(JournalFormat.KIND_AT, JournalFormat.SUPERBLOCK_V2);
        for (int at = COMPATIBLE_AT; at < BYTES; at++) {
            bytes.put(at, (byte) 0);
        }
    }

    private void checkFeatures() throws FileException {
        int unknown =
                incompatible() & ~JournalFormat.KNOWN_INCOMPATIBLE
                        | bytes.getInt(READ_ONLY_COMPATIBLE_AT);
        if (unknown != 0) {
            throw new FileException(
                    Errno.EOPNOTSUPP,
                    "%s: unknown features 0x%x of the journal"
                            .formatted(places.storage().name(), unknown));
        }
        boolean isBoth = has(JournalFormat.CHECKSUM_V2) && has(JournalFormat.CHECKSUM_V3);
        require(
                !isBoth && !(hasChecksums() && hasCompatibleChecksum()),
                "several kinds of checksums");
        require(
                !hasChecksums() || bytes.get(CHECKSUM_KIND_AT) == JournalFormat.CRC32C,
                "checksums of kind %d",
                bytes.get(CHECKSUM_KIND_AT));
    }

    private void require(boolean condition, String format, Object... arguments)
            throws FileException {
        if (!condition) {
            throw new FileException(
                    Errno.EUCLEAN,
                    places.storage().name() + ": journal: " + format.formatted(arguments));
        }
    }

    private int checksum() {
        int sum = Crc32c.update(~0, bytes, 0, CHECKSUM_AT);
        sum = Crc32c.update(sum, 0);
        return Crc32c.update(sum, bytes, CHECKSUM_AT + Integer.BYTES, BYTES - CHECKSUM_AT - 4);
    }

    private int incompatible() {
        return bytes.getInt(INCOMPATIBLE_AT);
    }

    /** Whether it has an incompatible feature. */
    boolean has(int feature) {
        return (incompatible() & feature) != 0;
    }

    /** Whether there are checksums v2 or v3. */
    boolean hasChecksums() {
        return has(JournalFormat.CHECKSUM_V2 | JournalFormat.CHECKSUM_V3);
    }

    /** Whether there are checksums v1, in commit blocks only. */
    boolean hasCompatibleChecksum() {
        return (bytes.getInt(COMPATIBLE_AT) & JournalFormat.COMPATIBLE_CHECKSUM) != 0;
    }

    byte[] uuid() {
        byte[] uuid = new byte[JournalFormat.UUID_BYTES];
        bytes.get(UUID_AT, uuid);
        return uuid;
    }

    /** The first block of the log. */
    int first() {
        return bytes.getInt(FIRST_AT);
    }

    /** How many blocks the journal has, this one included. */
    int blocks() {
        return bytes.getInt(BLOCKS_AT);
    }

    /** The block behind the log. */
    int end() {
        int blocks = blocks();
        if (!has(JournalFormat.FAST_COMMIT)) {
            return blocks;
        }
        int fast = bytes.getInt(FAST_COMMIT_BLOCKS_AT);
        return blocks - Math.clamp(fast == 0 ? DEFAULT_FAST_COMMIT_BLOCKS : fast, 0, blocks);
    }

    /** The block of the oldest transaction in the log; 0 if there is none. */
    int start() {
        return bytes.getInt(START_AT);
    }

    /** The number of the oldest transaction in the log. */
    int sequence() {
        return bytes.getInt(FIRST_SEQUENCE_AT);
    }

    /** The error that ended the journal, a number of errno or its negative; 0 if there was none. */
    int error() {
        return bytes.getInt(ERROR_AT);
    }

    void setLog(int start, int sequence) {
        bytes.putInt(START_AT, start);
        bytes.putInt(FIRST_SEQUENCE_AT, sequence);
    }

    void setError(int error) {
        bytes.putInt(ERROR_AT, error);
    }

    /** Chooses the features of what will be written to a log that is empty. */
    void setFeatures(boolean isWide, boolean hasChecksums, boolean hasFastCommits) {
        int features = JournalFormat.REVOKES;
        features |= hasFastCommits ? JournalFormat.FAST_COMMIT : 0;
        features |= isWide ? JournalFormat.WIDE : 0;
        features |= hasChecksums ? JournalFormat.CHECKSUM_V3 : 0;
        bytes.putInt(COMPATIBLE_AT, 0);
        bytes.putInt(INCOMPATIBLE_AT, features);
        bytes.put(CHECKSUM_KIND_AT, (byte) (hasChecksums ? JournalFormat.CRC32C : 0));
    }

    /** Writes it; it is not flushed. */
    void write() throws FileException {
        bytes.putInt(CHECKSUM_AT, hasChecksums() ? checksum() : 0);
        places.storage().write(places.position(places.superblock()), bytes.slice());
    }
}
