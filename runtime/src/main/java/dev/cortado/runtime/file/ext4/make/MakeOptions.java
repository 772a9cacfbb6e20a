package dev.cortado.runtime.file.ext4.make;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * What a new file system is to be like. What is {@link #CHOOSE} goes by the disk's size, as with
 * mke2fs(8), but for blocks: they have 4096 bytes, a page of memory, down to disks of 64 MiB, so
 * that a file system that is grown later does not keep small blocks for ever.
 *
 * @param uuid names the file system; nobody else's
 * @param hashSeed what hashes of names in directories begin with; a secret from who chooses names
 * @param nanos when it is made, in nanoseconds since 1970
 * @param label the volume's name, at most {@value #LABEL_BYTES} bytes of UTF-8, or empty
 * @param blockBytes a power of two from 1024 to 65536, or {@link #CHOOSE}
 * @param bytesPerInode for so many bytes of the disk there is an inode; or {@link #CHOOSE}
 * @param reservedPercent of the blocks, kept for root; 0 to 50
 * @param journalBlocks at least 1024, 0 for no journal, or {@link #CHOOSE}
 * @param isZeroed whether the whole disk reads as zeros, so that tables need not be cleared later
 */
public record MakeOptions(
        UUID uuid,
        UUID hashSeed,
        long nanos,
        String label,
        int blockBytes,
        long bytesPerInode,
        int reservedPercent,
        long journalBlocks,
        boolean isZeroed) {
    public static final int CHOOSE = -1;

    public static final int LABEL_BYTES = 16;

    static final int LEAST_JOURNAL_BLOCKS = 1024;

    private static final int USUAL_RESERVED_PERCENT = 5;
    private static final int MOST_RESERVED_PERCENT = 50;
    private static final int LEAST_BLOCK_BYTES = 1024;
    private static final int MOST_BLOCK_BYTES = 65536;
    private static final int LEAST_BYTES_PER_INODE = 1024;
    private static final int MOST_BYTES_PER_INODE = 1 << 26;

    /** JBD2 counts blocks with 32 bits, of which Linux uses 31. */
    private static final long MOST_JOURNAL_BLOCKS = 10_240_000;

    /**
     * @throws IllegalArgumentException for what is out of its range; the message says what
     */
    public MakeOptions {
        require(label.getBytes(StandardCharsets.UTF_8).length <= LABEL_BYTES, "label", label);
        require(
                blockBytes == CHOOSE
                        || Integer.bitCount(blockBytes) == 1
                                && blockBytes >= LEAST_BLOCK_BYTES
                                && blockBytes <= MOST_BLOCK_BYTES,
                "block size",
                blockBytes);
        require(
                bytesPerInode == CHOOSE
                        || bytesPerInode >= LEAST_BYTES_PER_INODE
                                && bytesPerInode <= MOST_BYTES_PER_INODE,
                "bytes per inode",
                bytesPerInode);
        require(
                reservedPercent >= 0 && reservedPercent <= MOST_RESERVED_PERCENT,
                "reserved percentage",
                reservedPercent);
        require(
                journalBlocks == CHOOSE
                        || journalBlocks == 0
                        || journalBlocks >= LEAST_JOURNAL_BLOCKS
                                && journalBlocks <= MOST_JOURNAL_BLOCKS,
                "journal of blocks",
                journalBlocks);
    }

    private static void require(boolean holds, String what, Object value) {
        if (!holds) {
            throw new IllegalArgumentException("a file system's " + what + " cannot be " + value);
        }
    }

    /** What most want, all by the disk's size, to be changed. */
    public static Builder of(UUID uuid, UUID hashSeed, long nanos) {
        return new Builder(uuid, hashSeed, nanos);
    }

    /** Sets what is not as most want it. */
    public static final class Builder {
        private final UUID uuid;
        private final UUID hashSeed;
        private final long nanos;
        private String label = "";
        private int blockBytes = CHOOSE;
        private long bytesPerInode = CHOOSE;
        private int reservedPercent = USUAL_RESERVED_PERCENT;
        private long journalBlocks = CHOOSE;
        private boolean isZeroed;

        private Builder(UUID uuid, UUID hashSeed, long nanos) {
            this.uuid = uuid;
            this.hashSeed = hashSeed;
            this.nanos = nanos;
        }

        public Builder label(String name) {
            label = name;
            return this;
        }

        public Builder blockBytes(int bytes) {
            blockBytes = bytes;
            return this;
        }

        public Builder bytesPerInode(long bytes) {
            bytesPerInode = bytes;
            return this;
        }

        public Builder reservedPercent(int percent) {
            reservedPercent = percent;
            return this;
        }

        public Builder journalBlocks(long blocks) {
            journalBlocks = blocks;
            return this;
        }

        public Builder zeroed() {
            isZeroed = true;
            return this;
        }

        /**
         * @throws IllegalArgumentException for what is out of its range; the message says what
         */
        public MakeOptions build() {
            return new MakeOptions(
                    uuid,
                    hashSeed,
                    nanos,
                    label,
                    blockBytes,
                    bytesPerInode,
                    reservedPercent,
                    journalBlocks,
                    isZeroed);
        }
    }
}
