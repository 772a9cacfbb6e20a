package dev.cortado.runtime.file.ext4.directory;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.group.BlockGroups;
import dev.cortado.runtime.file.ext4.group.BlockMark;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.ext4.map.FileMap;
import dev.cortado.runtime.file.ext4.map.Mapping;
import dev.cortado.runtime.file.storage.Crc32c;
import dev.cortado.runtime.file.storage.transaction.Change;
import dev.cortado.runtime.file.storage.transaction.MetadataStore;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The blocks of a directory, numbered from 0, and their checksums. */
final class DirectoryBlocks {
    /** At the end of a block with entries: looks like one without a name, and has the checksum. */
    private static final int TAIL_BYTES = 12;

    private static final int TAIL_KIND = 0xDE;
    private static final int TAIL_CHECKSUM = 8;

    /** The places of as many blocks, those at the beginning, are remembered. */
    private static final int MOST_PLACES = 1024;

    private static final long[] NO_PLACES = {};

    private final BlockGroups groups;
    private final DirectoryRoot root;
    private final DirectoryFormat format;

    /** Where blocks were found, by their numbers; 0 for one that nobody has looked for. */
    private long[] places = NO_PLACES;

    /** The store's departures then: a change that was undone may have added blocks. */
    private long placesAt;

    DirectoryBlocks(BlockGroups groups, DirectoryRoot root, DirectoryFormat format) {
        this.groups = groups;
        this.root = root;
        this.format = format;
    }

    DirectoryRoot root() {
        return root;
    }

    DirectoryFormat format() {
        return format;
    }

    MetadataStore store() {
        return groups.store();
    }

    /** How many there are. */
    long count() throws FileException {
        long size = root.size();
        long count = size / format.blockBytes();
        if (size % format.blockBytes() != 0 || count == 0 || count > groups.geometry().blocks()) {
            throw DamageException.ofInode(root.number(), "a directory of " + size + " bytes");
        }
        return count;
    }

    /** Where a block is on the disk. */
    long place(long block) throws FileException {
        if (block >= count()) {
            throw damage(0, "leads to block " + block + " of " + count());
        }
        long departures = store().departures();
        if (departures != placesAt) {
            places = NO_PLACES;
            placesAt = departures;
        }
        long known = block < places.length ? places[(int) block] : 0;
        if (known == 0) {
            known = lookup(block);
            remember(block, known);
        }
        return known;
    }

    private void remember(long block, long place) {
        if (block < MOST_PLACES) {
            if (block >= places.length) {
                places = Arrays.copyOf(places, Integer.highestOneBit((int) block) * 2 + 1);
            }
            places[(int) block] = place;
        }
    }

    private long lookup(long block) throws FileException {
        Mapping mapping = root.map().lookup(block);
        if (!mapping.hasBytes()) {
            throw damage(0, "block " + block + " is a hole");
        }
        return mapping.place();
    }

    /** A block with entries, not to be written to. */
    Segment leaf(long block) throws FileException {
        long place = place(block);
        EntryList entries = list(store().read(place), place);
        long mark = BlockMark.ENTRIES.of(root.number());
        if (store().mark(place) != mark) {
            checkTail(entries, place);
            store().setMark(place, mark);
        }
        return new Leaf(entries, block, place);
    }

    private EntryList list(ByteBuffer bytes, long place) {
        int end = format.blockBytes() - (format.hasChecksums() ? TAIL_BYTES : 0);
        return new EntryList(format, bytes, 0, end, root.number(), place);
    }

    private void checkTail(EntryList entries, long place) throws DamageException {
        if (format.hasChecksums()) {
            ByteBuffer bytes = entries.bytes();
            int tail = entries.end();
            boolean isTail =
                    bytes.getInt(tail) == 0
                            && bytes.getShort(tail + Integer.BYTES) == TAIL_BYTES
                            && bytes.getShort(tail + 6) == (short) (TAIL_KIND << Byte.SIZE);
            if (!isTail || bytes.getInt(tail + TAIL_CHECKSUM) != checksum(bytes, tail)) {
                throw damage(place, "wrong checksum of entries");
            }
        }
    }

    private int checksum(ByteBuffer bytes, int length) {
        return Crc32c.update(root.checksumSeed(), bytes, 0, length);
    }

    /** Makes the end of a block with entries, whatever was there, and its checksum. */
    private void seal(EntryList entries) {
        if (format.hasChecksums()) {
            ByteBuffer bytes = entries.bytes();
            int tail = entries.end();
            bytes.putInt(tail, 0);
            bytes.putShort(tail + Integer.BYTES, (short) TAIL_BYTES);
            bytes.putShort(tail + 6, (short) (TAIL_KIND << Byte.SIZE));
            // What is there was found right, or made, before something was changed.
            int checksum =
                    entries.isCleared()
                            ? checksum(bytes, tail)
                            : bytes.getInt(tail + TAIL_CHECKSUM) ^ entries.checksumChange();
            bytes.putInt(tail + TAIL_CHECKSUM, checksum);
        }
    }

    /** A node of a hash tree, not to be written to. */
    IndexNode node(long block) throws FileException {
        long place = place(block);
        ByteBuffer bytes = store().read(place);
        long mark = BlockMark.INDEX.of(root.number());
        boolean isKnown = store().mark(place) == mark;
        IndexNode node = IndexNode.of(format, bytes, block, place, root.number(), isKnown);
        if (!isKnown) {
            boolean isRight =
                    !format.hasChecksums()
                            || node.checksum() == node.computeChecksum(root.checksumSeed());
            if (!isRight) {
                throw damage(place, "wrong checksum of an index");
            }
            store().setMark(place, mark);
        }
        return node;
    }

    /** The same node, to be changed; {@link #save} follows. */
    IndexNode edit(Change change, IndexNode node) throws FileException {
        ByteBuffer bytes = change.modify(node.place());
        return IndexNode.of(format, bytes, node.block(), node.place(), root.number(), true);
    }

    void save(IndexNode node) {
        if (format.hasChecksums()) {
            node.setChecksum(node.computeChecksum(root.checksumSeed()));
        }
    }

    /** Adds a block at the end: zeros. */
    NewBlock append(Change change) throws FileException {
        long block = root.size() / format.blockBytes();
        FileMap map = root.map();
        long place = map.allocate(change, block, 1).place();
        root.setSize(change, (block + 1) * format.blockBytes());
        return new NewBlock(block, place, change.create(place));
    }

    /** Adds a block at the end: without entries, to be saved. */
    Segment appendLeaf(Change change) throws FileException {
        NewBlock added = append(change);
        EntryList entries = list(added.bytes(), added.place());
        entries.clear();
        return new Leaf(entries, added.block(), added.place());
    }

    DamageException damage(long place, String what) {
        return place == 0
                ? DamageException.ofInode(root.number(), what)
                : DamageException.ofBlock(root.number(), place, what);
    }

    /**
     * @param block number in the directory
     * @param place of it on the disk
     */
    record NewBlock(long block, long place, ByteBuffer bytes) {}

    private final class Leaf extends Segment {
        private final long place;

        Leaf(EntryList entries, long block, long place) {
            super(entries, block * format.blockBytes());
            this.place = place;
        }

        @Override
        EntryList edit(Change change) throws FileException {
            return list(change.modify(place), place);
        }

        @Override
        void save(Change change, EntryList edited) {
            seal(edited);
        }
    }
}
