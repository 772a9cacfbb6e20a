package dev.cortado.runtime.file.ext4.map;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.group.BlockAllocator;
import dev.cortado.runtime.file.storage.transaction.Change;

/** Adds extents to a tree, which grows by a node or a level at a time. */
final class ExtentInsertion {
    /** Of a new node: itself, and what its allocation changes beside the superblock. */
    private static final int NODE_CREDITS = 1 + BlockAllocator.CREDITS - 1;

    private final ExtentTree tree;

    ExtentInsertion(ExtentTree tree) {
        this.tree = tree;
    }

    /**
     * Blocks that are changed at most by taking blocks and making two extents of them: on each
     * level, and on a new one, a node that is there and a new one; and the inode.
     */
    static int credits(int depth) {
        return BlockAllocator.CREDITS + 1 + 2 * (depth + 1) * (1 + NODE_CREDITS);
    }

    /** Adds an extent where the tree has a hole, as a part of a neighbour if they join. */
    void insert(Change change, Extent extent) throws FileException {
        ExtentPath path = tree.find(extent.block());
        ExtentNode leaf = path.leaf();
        int before = path.leafEntry();
        if (before >= 0 && leaf.extent(before).joins(extent)) {
            replace(change, path, before, leaf.extent(before).with(extent));
        } else if (before + 1 < leaf.count() && extent.joins(leaf.extent(before + 1))) {
            replace(change, path, before + 1, extent.with(leaf.extent(before + 1)));
        } else {
            path = makeRoom(change, extent.block());
            leaf = tree.edit(change, path.leaf());
            leaf.open(path.leafEntry() + 1);
            leaf.setExtent(path.leafEntry() + 1, extent);
            finish(change, path, leaf);
        }
    }

    /** Sets an entry, which may now join with its neighbours. */
    private void replace(Change change, ExtentPath path, int entry, Extent extent)
            throws FileException {
        ExtentNode leaf = tree.edit(change, path.leaf());
        leaf.setExtent(entry, extent);
        joinWithNext(leaf, entry);
        if (entry > 0) {
            joinWithNext(leaf, entry - 1);
        }
        finish(change, path, leaf);
    }

    private static void joinWithNext(ExtentNode leaf, int entry) {
        if (entry + 1 < leaf.count()) {
            Extent extent = leaf.extent(entry);
            Extent next = leaf.extent(entry + 1);
            if (extent.joins(next)) {
                leaf.setExtent(entry, extent.with(next));
                leaf.remove(entry + 1);
            }
        }
    }

    private void finish(Change change, ExtentPath path, ExtentNode leaf) throws FileException {
        tree.save(change, leaf);
        tree.correctKeys(change, path, path.depth());
    }

    /**
     * Makes a part of an unwritten extent written; what is before and behind stays unwritten.
     *
     * @param path to the extent
     */
    void makeWritten(Change change, ExtentPath path, Extent extent, long from, long end)
            throws FileException {
        Extent part = extent.part(from, end);
        Extent written = new Extent(part.block(), part.count(), part.place(), false);
        if (from == extent.block()) {
            replace(change, path, path.leafEntry(), written);
        } else {
            replace(change, path, path.leafEntry(), extent.part(extent.block(), from));
            insert(change, written);
        }
        if (end < extent.end()) {
            insert(change, extent.part(end, extent.end()));
        }
    }

    /** The way to a leaf that a block of the file is to be in and that has room for an entry. */
    private ExtentPath makeRoom(Change change, long block) throws FileException {
        ExtentPath path = tree.find(block);
        while (path.leaf().isFull()) {
            int level = path.depth() - 1;
            while (level >= 0 && path.node(level).isFull()) {
                level--;
            }
            if (level < 0) {
                deepen(change);
            } else {
                split(change, path, level);
            }
            path = tree.find(block);
        }
        return path;
    }

    /** Moves what the root has into a node below it. */
    private void deepen(Change change) throws FileException {
        ExtentNode root = tree.edit(change, tree.root());
        int depth = root.depth();
        if (depth == ExtentTree.MAXIMUM_DEPTH) {
            throw new FileException(Errno.EFBIG);
        }
        ExtentNode below = tree.create(change, depth);
        root.moveTail(0, below);
        tree.save(change, below);
        root.setDepth(depth + 1);
        root.open(0);
        root.setChild(0, below.key(0), below.place());
        tree.save(change, root);
    }

    /** Moves half of what a full node has into a new one; the node above has room for it. */
    private void split(Change change, ExtentPath path, int level) throws FileException {
        ExtentNode node = tree.edit(change, path.node(level + 1));
        ExtentNode above = tree.edit(change, path.node(level));
        ExtentNode behind = tree.create(change, node.depth());
        boolean isAppended = path.entry(level + 1) == node.count() - 1;
        node.moveTail(isAppended ? node.count() - 1 : node.count() / 2, behind);
        tree.save(change, node);
        tree.save(change, behind);
        int entry = path.entry(level) + 1;
        above.open(entry);
        above.setChild(entry, behind.key(0), behind.place());
        tree.save(change, above);
    }
}
