package dev.cortado.runtime.file.ext4.directory;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.storage.transaction.Change;
import java.util.ArrayList;
import java.util.List;

/** Makes hash trees: of a directory of one block, and larger, a block or a node at a time. */
final class HashTreeGrowth {
    private record Moved(int hash, byte[] name, long inode, FileKind kind) {
        int bytes() {
            return EntryList.needed(name.length);
        }
    }

    private final DirectoryBlocks blocks;

    HashTreeGrowth(DirectoryBlocks blocks) {
        this.blocks = blocks;
    }

    /** Makes a tree of a directory of one block: its entries are in another then. */
    void begin(Change change, long parent) throws FileException {
        DirectoryFormat format = blocks.format();
        NameHash hash = format.hash(format.hashVersion());
        List<Moved> entries = entries(blocks.leaf(0).entries(), hash);
        Segment leaf = blocks.appendLeaf(change);
        fill(change, leaf, leaf.entries(), entries);
        long place = blocks.place(0);
        IndexNode root =
                IndexNode.formatRoot(
                        format,
                        change.create(place),
                        place,
                        blocks.root().number(),
                        parent,
                        blocks.count() - 1);
        blocks.save(root);
        blocks.root().setIndexed(change, true);
    }

    /**
     * Moves half of the entries of the block that a hash leads to into a new one.
     *
     * @throws FileException ENOSPC if the tree cannot grow any more
     */
    void split(Change change, int hash) throws FileException {
        IndexPath path = makeRoom(change, hash);
        NameHash hashes = blocks.format().hash(path.hashVersion());
        Segment leaf = blocks.leaf(path.leaf());
        List<Moved> entries = entries(leaf.entries(), hashes);
        if (entries.size() < 2) {
            throw blocks.damage(blocks.place(path.leaf()), "too few entries to split them");
        }
        entries.sort((one, other) -> Integer.compareUnsigned(one.hash(), other.hash()));
        int half = half(entries);
        int first = entries.get(half).hash();
        boolean isContinued = entries.get(half - 1).hash() == first;

        Segment behind = blocks.appendLeaf(change);
        fill(change, behind, behind.entries(), entries.subList(half, entries.size()));
        EntryList edited = leaf.edit(change);
        edited.clear();
        fill(change, leaf, edited, entries.subList(0, half));
        IndexNode node = blocks.edit(change, path.node(path.levels()));
        node.insert(
                path.entry(path.levels()) + 1, isContinued ? first | 1 : first, blocks.count() - 1);
        blocks.save(node);
    }

    private static List<Moved> entries(EntryList list, NameHash hash) throws FileException {
        List<Moved> entries = new ArrayList<>();
        for (int at = list.begin(); at < list.end(); ) {
            int next = list.next(at);
            if (list.isFile(at)) {
                byte[] name = list.name(at);
                int major = NameHash.major(hash.of(name));
                entries.add(new Moved(major, name, list.inode(at), list.kind(at)));
            }
            at = next;
        }
        return entries;
    }

    /** The first of the entries at the end that have up to half of the bytes; never the first. */
    private static int half(List<Moved> entries) {
        int bytes = entries.stream().mapToInt(Moved::bytes).sum();
        int half = entries.size() - 1;
        int moved = entries.get(half).bytes();
        while (half > 1 && moved + entries.get(half - 1).bytes() <= bytes / 2) {
            half--;
            moved += entries.get(half).bytes();
        }
        return half;
    }

    private static void fill(Change change, Segment leaf, EntryList list, List<Moved> entries)
            throws FileException {
        int room = list.begin();
        for (Moved entry : entries) {
            room = list.insert(room, entry.name(), entry.inode(), entry.kind());
        }
        leaf.save(change, list);
    }

    /** The way to a hash, whose last node has room for an entry. */
    private IndexPath makeRoom(Change change, int hash) throws FileException {
        IndexPath path = IndexPath.find(blocks, hash);
        while (path.node(path.levels()).isFull()) {
            int level = path.levels() - 1;
            while (level >= 0 && path.node(level).isFull()) {
                level--;
            }
            if (level < 0) {
                deepen(change, path);
            } else {
                splitNode(change, path, level);
            }
            path = IndexPath.find(blocks, hash);
        }
        return path;
    }

    /** Moves what the root has into a node below it. */
    private void deepen(Change change, IndexPath path) throws FileException {
        if (path.levels() == blocks.format().maximumLevels()) {
            throw new FileException(Errno.ENOSPC);
        }
        IndexNode below = appendNode(change);
        IndexNode root = blocks.edit(change, path.node(0));
        root.moveTail(0, below);
        blocks.save(below);
        root.reduceTo(below.block());
        root.setLevels(path.levels() + 1);
        blocks.save(root);
    }

    /** Moves half of a full node into a new one; the node above has room for it. */
    private void splitNode(Change change, IndexPath path, int level) throws FileException {
        IndexNode behind = appendNode(change);
        IndexNode node = blocks.edit(change, path.node(level + 1));
        int half = node.count() / 2;
        int first = node.hash(half);
        node.moveTail(half, behind);
        blocks.save(behind);
        blocks.save(node);
        IndexNode above = blocks.edit(change, path.node(level));
        above.insert(path.entry(level) + 1, first, behind.block());
        blocks.save(above);
    }

    private IndexNode appendNode(Change change) throws FileException {
        DirectoryBlocks.NewBlock added = blocks.append(change);
        return IndexNode.format(blocks.format(), added.bytes(), added.block(), added.place(), 0);
    }
}
