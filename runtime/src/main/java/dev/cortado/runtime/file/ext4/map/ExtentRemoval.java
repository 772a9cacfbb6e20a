package dev.cortado.runtime.file.ext4.map;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.group.BlockAllocator;
import dev.cortado.runtime.file.storage.transaction.Change;

/** Takes blocks from a tree, the last first, and nodes that nothing is left in. */
final class ExtentRemoval {
    private final ExtentTree tree;
    private final ExtentInsertion insertion;

    ExtentRemoval(ExtentTree tree, ExtentInsertion insertion) {
        this.tree = tree;
        this.insertion = insertion;
    }

    /**
     * Blocks that one step changes at most: blocks of one group are freed, with a node of each
     * level; or a part is cut out of an extent, which makes two of it.
     */
    static int credits(int depth) {
        return BlockAllocator.CREDITS * depth + ExtentInsertion.credits(depth);
    }

    long remove(Change change, long from, long to) throws FileException {
        long end = to;
        while (end > from && change.credits() >= credits(tree.root().depth())) {
            ExtentPath path = tree.find(end - 1);
            if (path.leafEntry() >= 0) {
                Extent extent = path.leaf().extent(path.leafEntry());
                end = cut(change, path, extent, from, Math.min(end, extent.end()));
            } else if (path.begin() < end) {
                end = Math.max(from, path.begin());
            } else {
                end = from;
            }
        }
        return end;
    }

    /** Frees as much of the end of what is to go as is in one group. */
    private long cut(Change change, ExtentPath path, Extent extent, long from, long end)
            throws FileException {
        long wanted = Math.max(from, extent.block());
        if (wanted >= end) {
            return from;
        }
        Extent last = extent.part(wanted, end);
        long place = tree.blocks().firstInGroupOfLast(last.place(), last.count());
        Extent freed = last.part(wanted + (place - last.place()), end);
        int entry = path.leafEntry();
        ExtentNode leaf = tree.edit(change, path.leaf());
        if (freed.block() > extent.block()) {
            leaf.setExtent(entry, extent.part(extent.block(), freed.block()));
            tree.save(change, leaf);
            if (end < extent.end()) {
                insertion.insert(change, extent.part(end, extent.end()));
            }
        } else if (end < extent.end()) {
            leaf.setExtent(entry, extent.part(end, extent.end()));
            tree.save(change, leaf);
            tree.correctKeys(change, path, path.depth());
        } else {
            removeEntry(change, path, leaf);
        }
        tree.blocks().giveBack(change, freed.place(), freed.count());
        shorten(change);
        return freed.block();
    }

    private void removeEntry(Change change, ExtentPath path, ExtentNode leaf) throws FileException {
        leaf.remove(path.leafEntry());
        tree.save(change, leaf);
        int level = path.depth();
        ExtentNode node = leaf;
        while (level > 0 && node.count() == 0) {
            tree.blocks().giveBack(change, node.place(), 1);
            level--;
            node = tree.edit(change, path.node(level));
            node.remove(path.entry(level));
            if (level == 0 && node.count() == 0) {
                node.setDepth(0);
            }
            tree.save(change, node);
        }
        tree.correctKeys(change, path, level);
    }

    /** Moves what the root's only node has into the root, if there is room for it. */
    private void shorten(Change change) throws FileException {
        ExtentNode root = tree.root();
        while (root.depth() > 0 && root.count() == 1) {
            ExtentNode only = tree.find(root.key(0)).node(1);
            if (only.count() > root.maximum()) {
                return;
            }
            root = tree.edit(change, root);
            root.setDepth(only.depth());
            only.copyTo(root);
            tree.save(change, root);
            tree.blocks().giveBack(change, only.place(), 1);
        }
    }
}
