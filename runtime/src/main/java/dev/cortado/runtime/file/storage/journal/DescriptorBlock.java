package dev.cortado.runtime.file.storage.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Descriptor blocks: where the blocks go that follow in the log (journal.rst, "Descriptor Block").
 */
final class DescriptorBlock {
    private static final int ESCAPED = 0x1;
    private static final int SAME_UUID = 0x2;
    private static final int LAST = 0x8;

    private static final int FLAGS_V3_AT = 4;
    private static final int HIGH_AT = 8;
    private static final int CHECKSUM_V3_AT = 12;
    private static final int TAG_V3_BYTES = 16;

    private static final int CHECKSUM_AT = 4;
    private static final int FLAGS_AT = 6;
    private static final int TAG_BYTES = 8;
    private static final int WIDE_TAG_BYTES = 12;

    /** With checksums v2, tags are longer by a number that nobody uses (include/linux/jbd2.h). */
    private static final int PADDING_V2_BYTES = 2;

    private final int blockBytes;
    private final boolean isWide;
    private final boolean isV2;
    private final boolean isV3;

    /**
     * A block that follows in the log.
     *
     * @param place where it goes, in blocks of the file system; as unsigned as it was there
     * @param isEscaped its first four bytes are the journal's magic number, and zero in the log
     * @param checksum of the block in the log: 32 bits in v3, 16 in v2
     */
    record Tag(long place, boolean isEscaped, int checksum) {}

    DescriptorBlock(JournalSuperblock superblock, int blockBytes) {
        this.blockBytes = blockBytes;
        isWide = superblock.has(JournalFormat.WIDE);
        isV2 = superblock.has(JournalFormat.CHECKSUM_V2);
        isV3 = superblock.has(JournalFormat.CHECKSUM_V3);
    }

    private int tagBytes() {
        if (isV3) {
            return TAG_V3_BYTES;
        }
        return (isWide ? WIDE_TAG_BYTES : TAG_BYTES) + (isV2 ? PADDING_V2_BYTES : 0);
    }

    /** Where tags end at the latest. */
    private int end() {
        return blockBytes - (isV2 || isV3 ? JournalFormat.TAIL_BYTES : 0);
    }

    /** How many tags there is room for. */
    int capacity() {
        return (end() - JournalFormat.HEADER_BYTES - JournalFormat.UUID_BYTES) / tagBytes();
    }

    /** The tags of a block; one that has no last one ends with it. */
    List<Tag> read(ByteBuffer block) {
        List<Tag> tags = new ArrayList<>();
        int at = JournalFormat.HEADER_BYTES;
        boolean isLast = false;
        while (!isLast && at + tagBytes() <= end()) {
            int flags = isV3 ? block.getInt(at + FLAGS_V3_AT) : block.getShort(at + FLAGS_AT);
            tags.add(new Tag(place(block, at), (flags & ESCAPED) != 0, checksum(block, at)));
            at += tagBytes() + ((flags & SAME_UUID) != 0 ? 0 : JournalFormat.UUID_BYTES);
            isLast = (flags & LAST) != 0;
        }
        return tags;
    }

    private long place(ByteBuffer block, int at) {
        long low = block.getInt(at) & 0xFFFFFFFFL;
        return isWide ? (long) block.getInt(at + HIGH_AT) << Integer.SIZE | low : low;
    }

    private int checksum(ByteBuffer block, int at) {
        return isV3 ? block.getInt(at + CHECKSUM_V3_AT) : block.getShort(at + CHECKSUM_AT);
    }

    /** Whether a checksum is what a tag says. */
    boolean isGood(Tag tag, int checksum) {
        if (isV3) {
            return tag.checksum() == checksum;
        }
        return !isV2 || (short) tag.checksum() == (short) checksum;
    }

    /**
     * Writes tags, no more than {@link #capacity}, behind the header of a block of zeros.
     *
     * @param uuid the journal's
     */
    void write(ByteBuffer block, List<Tag> tags, byte[] uuid) {
        int at = JournalFormat.HEADER_BYTES;
        for (int i = 0; i < tags.size(); i++) {
            Tag tag = tags.get(i);
            int flags = tag.isEscaped() ? ESCAPED : 0;
            flags |= i > 0 ? SAME_UUID : 0;
            flags |= i == tags.size() - 1 ? LAST : 0;
            block.putInt(at, (int) tag.place());
            if (isV3) {
                block.putInt(at + FLAGS_V3_AT, flags);
                block.putInt(at + CHECKSUM_V3_AT, tag.checksum());
            } else {
                block.putShort(at + FLAGS_AT, (short) flags);
                block.putShort(at + CHECKSUM_AT, (short) (isV2 ? tag.checksum() : 0));
            }
            if (isWide) {
                block.putInt(at + HIGH_AT, (int) (tag.place() >>> Integer.SIZE));
            }
            at += tagBytes();
            if (i == 0) {
                block.put(at, uuid);
                at += uuid.length;
            }
        }
    }
}
