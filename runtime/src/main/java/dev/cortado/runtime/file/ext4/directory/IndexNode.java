package dev.cortado.runtime.file.ext4.directory;

import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.storage.Crc32c;
import java.nio.ByteBuffer;

/**
 * A node of a hash tree: hashes, ascending, and the block of the directory in which names with such
 * a hash or a greater one are. What looks like free entries to those who know no trees is in front
 * of it (kernel, Documentation/filesystems/ext4/directory.rst, "Hash Tree Directories"). The first
 * entry has no hash: how many there are is in its place.
 */
final class IndexNode {
    private static final int ENTRY_BYTES = 8;
    private static final int BLOCK = 4;

    private static final int LIMIT = 0;
    private static final int COUNT = 2;

    /** What the high bits of a block's number are kept free for. */
    private static final int BLOCK_MASK = 0x0FFF_FFFF;

    private static final int NODE_ENTRIES = 8;

    private static final int ROOT_PARENT = 12;
    private static final int ROOT_INFO = 24;
    private static final int ROOT_HASH = ROOT_INFO + 4;
    private static final int ROOT_INFO_LENGTH = ROOT_INFO + 5;
    private static final int ROOT_LEVELS = ROOT_INFO + 6;
    private static final int ROOT_FLAGS = ROOT_INFO + 7;
    private static final int ROOT_INFO_BYTES = 8;
    private static final int ROOT_ENTRIES = ROOT_INFO + ROOT_INFO_BYTES;

    /** Behind all entries that there is room for: four bytes that are not used, and a checksum. */
    private static final int TAIL_BYTES = 8;

    private static final int TAIL_CHECKSUM = 4;

    private final ByteBuffer bytes;
    private final long block;
    private final long place;
    private final int begin;

    private IndexNode(ByteBuffer bytes, long block, long place) {
        this.bytes = bytes;
        this.block = block;
        this.place = place;
        begin = block == 0 ? ROOT_ENTRIES : NODE_ENTRIES;
    }

    /**
     * @param block its number in the directory: 0 for the root
     * @param place of the block on the disk
     * @param directory the inode's number, for messages
     * @param isKnown whether the order of its entries was found right since it came into memory
     */
    static IndexNode of(
            DirectoryFormat format,
            ByteBuffer bytes,
            long block,
            long place,
            long directory,
            boolean isKnown)
            throws DamageException {
        IndexNode node = new IndexNode(bytes, block, place);
        String complaint = node.complaint(format);
        if (complaint == null && !isKnown) {
            complaint = node.complaintOfOrder();
        }
        if (complaint != null) {
            throw DamageException.ofBlock(directory, place, complaint);
        }
        return node;
    }

    private String complaint(DirectoryFormat format) {
        if (block == 0) {
            int version = bytes.get(ROOT_HASH);
            if (bytes.getInt(ROOT_INFO) != 0
                    || bytes.get(ROOT_INFO_LENGTH) != ROOT_INFO_BYTES
                    || (bytes.get(ROOT_FLAGS) & 1) != 0) {
                return "no root of an index";
            }
            if (version < NameHash.LEGACY || version > NameHash.TEA) {
                return "index with hash " + version;
            }
            if (levels() > format.maximumLevels()) {
                return "index of " + levels() + " levels";
            }
        }
        if (limit() != room(format, begin)) {
            return "index with room for " + limit() + ", not " + room(format, begin);
        }
        if (count() == 0 || count() > limit()) {
            return "index with " + count() + " of " + limit();
        }
        return null;
    }

    private String complaintOfOrder() {
        for (int i = 2; i < count(); i++) {
            if (Integer.compareUnsigned(hash(i), hash(i - 1)) < 0) {
                return "index without order at " + i;
            }
        }
        return null;
    }

    private static int room(DirectoryFormat format, int begin) {
        int tail = format.hasChecksums() ? TAIL_BYTES : 0;
        return (format.blockBytes() - begin - tail) / ENTRY_BYTES;
    }

    /** Writes a node of one entry into zeros. */
    static IndexNode format(
            DirectoryFormat format, ByteBuffer bytes, long block, long place, long first) {
        EntryList whole = new EntryList(format, bytes, 0, format.blockBytes(), 0, place);
        whole.clear();
        return fill(format, new IndexNode(bytes, block, place), first);
    }

    /**
     * Writes a root of one entry into zeros, behind {@code .} and {@code ..}, which goes up to the
     * end for those who know no trees.
     */
    static IndexNode formatRoot(
            DirectoryFormat format,
            ByteBuffer bytes,
            long place,
            long directory,
            long parent,
            long first) {
        EntryList whole = new EntryList(format, bytes, 0, format.blockBytes(), directory, place);
        whole.clear();
        whole.insertDots(directory, parent);
        bytes.put(ROOT_HASH, (byte) format.hashVersion());
        bytes.put(ROOT_INFO_LENGTH, (byte) ROOT_INFO_BYTES);
        return fill(format, new IndexNode(bytes, 0, place), first);
    }

    private static IndexNode fill(DirectoryFormat format, IndexNode node, long first) {
        node.bytes.putShort(node.begin + LIMIT, (short) room(format, node.begin));
        node.setCount(1);
        node.setChild(0, first);
        return node;
    }

    /** Its number in the directory. */
    long block() {
        return block;
    }

    long place() {
        return place;
    }

    /** Of the root: the inode of {@code ..}. */
    long parent() {
        return Integer.toUnsignedLong(bytes.getInt(ROOT_PARENT));
    }

    void setParent(long inode) {
        bytes.putInt(ROOT_PARENT, (int) inode);
    }

    /** Of the root: which hash the tree is sorted by. */
    int hashVersion() {
        return bytes.get(ROOT_HASH);
    }

    /** Of the root: how many levels of nodes are below it. */
    int levels() {
        return Byte.toUnsignedInt(bytes.get(ROOT_LEVELS));
    }

    void setLevels(int levels) {
        bytes.put(ROOT_LEVELS, (byte) levels);
    }

    private int limit() {
        return Short.toUnsignedInt(bytes.getShort(begin + LIMIT));
    }

    int count() {
        return Short.toUnsignedInt(bytes.getShort(begin + COUNT));
    }

    private void setCount(int count) {
        bytes.putShort(begin + COUNT, (short) count);
    }

    boolean isFull() {
        return count() == limit();
    }

    /** Of an entry that is not the first; with its lowest bit set, the block before has it, too. */
    int hash(int entry) {
        return bytes.getInt(offset(entry));
    }

    /** The block of the directory that an entry leads to. */
    long child(int entry) {
        return bytes.getInt(offset(entry) + BLOCK) & BLOCK_MASK;
    }

    private void setChild(int entry, long child) {
        bytes.putInt(offset(entry) + BLOCK, (int) child);
    }

    /** The last entry whose hash is not above another. */
    int find(int hash) {
        int low = 1;
        int high = count();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Integer.compareUnsigned(hash(middle), hash) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /** Puts an entry in front of another that is not the first. */
    void insert(int entry, int hash, long child) {
        byte[] behind = new byte[(count() - entry) * ENTRY_BYTES];
        bytes.get(offset(entry), behind);
        bytes.put(offset(entry + 1), behind);
        bytes.putInt(offset(entry), hash);
        setChild(entry, child);
        setCount(count() + 1);
    }

    /** Moves entries from one on into a node that was formatted; its first is dropped. */
    void moveTail(int from, IndexNode to) {
        int moved = count() - from;
        byte[] behind = new byte[(moved - 1) * ENTRY_BYTES];
        bytes.get(offset(from + 1), behind);
        to.bytes.put(to.offset(1), behind);
        to.setChild(0, child(from));
        to.setCount(moved);
        setCount(from);
    }

    /** Leaves one entry, which leads to a node that has got all of them. */
    void reduceTo(long child) {
        setCount(1);
        setChild(0, child);
    }

    int checksum() {
        return bytes.getInt(tail() + TAIL_CHECKSUM);
    }

    void setChecksum(int checksum) {
        bytes.putInt(tail() + TAIL_CHECKSUM, checksum);
    }

    /** Of what is used, and of the tail with a checksum of 0. */
    int computeChecksum(int seed) {
        int crc = Crc32c.update(seed, bytes, 0, offset(count()));
        crc = Crc32c.update(crc, bytes, tail(), TAIL_CHECKSUM);
        return Crc32c.update(crc, 0);
    }

    private int tail() {
        return offset(limit());
    }

    private int offset(int entry) {
        return begin + entry * ENTRY_BYTES;
    }
}
