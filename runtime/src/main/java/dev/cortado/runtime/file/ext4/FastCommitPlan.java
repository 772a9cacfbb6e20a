package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.ext4.layout.InodeRecord;
import dev.cortado.runtime.file.storage.journal.FastCommitRecord;
import dev.cortado.runtime.file.storage.journal.FastCommitRecord.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What fast commits say in the end: of each inode and of each block of a file what the last of them
 * says, and of names all in their order.
 */
final class FastCommitPlan {
    private static final int EXTENT_BLOCK_AT = 4;
    private static final int EXTENT_COUNT_AT = 8;
    private static final int EXTENT_PLACE_HIGH_AT = 10;
    private static final int EXTENT_PLACE_LOW_AT = 12;

    /** Above it, the count is of unwritten blocks. */
    private static final int MOST_WRITTEN = 32768;

    private static final int DELETED_BLOCK_AT = 4;
    private static final int DELETED_COUNT_AT = 8;

    private static final int CHILD_AT = 4;
    private static final int NAME_AT = 8;
    private static final int INODE_AT = 4;

    /**
     * An inode as it is to be, but for its map.
     *
     * @param bytes how many are there
     * @param index of the record that says so, among all
     * @param first index of the first record that tells of the same file
     * @param isReused whether others tell of another file before, which the inode was of
     */
    record Image(InodeRecord inode, int bytes, int index, int first, boolean isReused) {}

    /**
     * A change of a directory.
     *
     * @param index of the record that says so, among all
     */
    record NameChange(Kind kind, long directory, long inode, FileName name, int index) {}

    private final Geometry geometry;
    private final TreeMap<Long, Image> images = new TreeMap<>();
    private final TreeMap<Long, RangeChanges> ranges = new TreeMap<>();
    private final List<NameChange> names = new ArrayList<>();

    /**
     * @throws FileException EUCLEAN for numbers and names that cannot be
     */
    FastCommitPlan(Geometry geometry, List<FastCommitRecord> records) throws FileException {
        this.geometry = geometry;
        for (int index = 0; index < records.size(); index++) {
            add(records.get(index), index);
        }
    }

    TreeMap<Long, Image> images() {
        return images;
    }

    /** By inode. */
    TreeMap<Long, RangeChanges> ranges() {
        return ranges;
    }

    List<NameChange> names() {
        return names;
    }

    private void add(FastCommitRecord fastCommit, int index) throws FileException {
        ByteBuffer value = fastCommit.value();
        switch (fastCommit.kind()) {
            case ADD_RANGE -> addRange(value);
            case DELETE_RANGE -> {
                long from = number(value, DELETED_BLOCK_AT);
                put(
                        value,
                        new RangeChanges.Range(
                                from, from + number(value, DELETED_COUNT_AT), 0, false));
            }
            case CREATE, LINK, UNLINK -> addName(fastCommit.kind(), value, index);
            case INODE -> addImage(value, index);
            default -> {}
        }
    }

    private static long number(ByteBuffer value, int at) {
        return Integer.toUnsignedLong(value.getInt(at));
    }

    private void addRange(ByteBuffer value) throws FileException {
        long from = number(value, EXTENT_BLOCK_AT);
        int count = Short.toUnsignedInt(value.getShort(EXTENT_COUNT_AT));
        boolean isUnwritten = count > MOST_WRITTEN;
        long high = Short.toUnsignedLong(value.getShort(EXTENT_PLACE_HIGH_AT));
        long place = number(value, EXTENT_PLACE_LOW_AT) | high << Integer.SIZE;
        if (place == 0) {
            throw damaged("blocks of a file at block 0");
        }
        long end = from + (isUnwritten ? count - MOST_WRITTEN : count);
        put(value, new RangeChanges.Range(from, end, place, isUnwritten));
    }

    private void put(ByteBuffer value, RangeChanges.Range range) throws FileException {
        long inode = file(number(value, 0));
        if (range.end() > range.from()) {
            ranges.computeIfAbsent(inode, number -> new RangeChanges()).put(range);
        }
    }

    private void addName(Kind kind, ByteBuffer value, int index) throws FileException {
        byte[] name = new byte[value.limit() - NAME_AT];
        value.get(NAME_AT, name);
        FileName checked;
        try {
            checked = FileName.of(name, 0, name.length);
        } catch (FileException e) {
            throw damaged("a name of " + name.length + " bytes that is none");
        }
        long directory = number(value, 0);
        if (directory != Geometry.ROOT_INODE) {
            file(directory);
        }
        long inode = file(number(value, CHILD_AT));
        names.add(new NameChange(kind, directory, inode, checked, index));
    }

    private void addImage(ByteBuffer value, int index) throws FileException {
        long inode = number(value, 0);
        if (inode != Geometry.ROOT_INODE) {
            file(inode);
        }
        int bytes = value.limit() - INODE_AT;
        if (bytes > geometry.inodeBytes()) {
            throw damaged(bytes + " bytes of inode " + inode);
        }
        ByteBuffer whole =
                ByteBuffer.allocate(geometry.inodeBytes()).order(ByteOrder.LITTLE_ENDIAN);
        whole.put(0, value, INODE_AT, bytes);
        put(new InodeRecord(geometry, inode, whole, 0), bytes, index);
    }

    /** An inode of another generation is another file's, without the blocks of the one before. */
    private void put(InodeRecord inode, int bytes, int index) {
        Image before = images.get(inode.number());
        boolean isSame = before != null && before.inode().generation() == inode.generation();
        boolean isReused = before != null && (!isSame || before.isReused());
        if (before != null && !isSame) {
            ranges.remove(inode.number());
        }
        int first = isSame ? before.first() : index;
        images.put(inode.number(), new Image(inode, bytes, index, first, isReused));
    }

    /** An inode that users' files have. */
    private long file(long inode) throws FileException {
        boolean isOwn = inode == geometry.journalInode() || inode == geometry.orphanFileInode();
        if (inode < geometry.firstInode() || inode > geometry.inodes() || isOwn) {
            throw damaged("inode " + inode + ", which is no file's");
        }
        return inode;
    }

    private static FileException damaged(String what) {
        return DamageException.ofSuperblock("fast commits: " + what);
    }
}
