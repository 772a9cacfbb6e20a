package dev.cortado.runtime.file.storage.journal;

import java.nio.ByteBuffer;

/**
 * One of the things that a fast commit says (journal.rst, "Fast Commits").
 *
 * @param value its bytes, little-endian, from 0 to its limit: as long as the kind wants them
 */
public record FastCommitRecord(Kind kind, ByteBuffer value) {
    /** What it says; the values' first fields are inode numbers, of 32 bits as all others. */
    public enum Kind {
        /** Inode; an extent of 12 bytes as in a tree: blocks that the file has got. */
        ADD_RANGE(1, 16, 16),
        /** Inode, the first block of the file, how many: blocks that it has no more. */
        DELETE_RANGE(2, 12, 12),
        /** Parent, inode, name: a file that was made. */
        CREATE(3, 9, 263),
        /** Parent, inode, name: a name that a file has got. */
        LINK(4, 9, 263),
        /** Parent, inode, name: a name that it has no more. */
        UNLINK(5, 9, 263),
        /** Number, and the inode's bytes, as many as are used. */
        INODE(6, 132, 0xffff),
        PAD(7, 0, 0xffff),
        /** Transaction, checksum: the end of a commit. */
        TAIL(8, 8, 0xffff),
        /** Features, transaction: the begin of the first commit. */
        HEAD(9, 8, 0xffff);

        private final int tag;
        private final int leastBytes;
        private final int mostBytes;

        Kind(int tag, int leastBytes, int mostBytes) {
            this.tag = tag;
            this.leastBytes = leastBytes;
            this.mostBytes = mostBytes;
        }

        /** Null if there is none of that number, or its value is not that long. */
        static Kind of(int tag, int bytes) {
            for (Kind kind : values()) {
                if (kind.tag == tag) {
                    return bytes >= kind.leastBytes && bytes <= kind.mostBytes ? kind : null;
                }
            }
            return null;
        }
    }
}
