package dev.cortado.runtime.file.ext4.map;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.group.BlockRun;
import dev.cortado.runtime.file.storage.transaction.Change;

/** The map of a file as an extent tree. */
final class ExtentMap implements MapForm {
    private final ExtentTree tree;
    private final ExtentInsertion insertion;
    private final ExtentRemoval removal;

    ExtentMap(MapBlocks blocks) {
        tree = new ExtentTree(blocks);
        insertion = new ExtentInsertion(tree);
        removal = new ExtentRemoval(tree, insertion);
    }

    @Override
    public void clear(Change change) throws FileException {
        tree.clear(change);
    }

    @Override
    public long limit() {
        return ExtentTree.LIMIT;
    }

    @Override
    public Mapping lookup(long block) throws FileException {
        ExtentPath path = tree.find(block);
        Extent extent = at(path, block);
        return extent == null
                ? Mapping.hole(behindHole(path) - block)
                : new Mapping(
                        extent.placeOf(block), extent.end() - block, extent.isUnwritten(), false);
    }

    /** The extent that a block of the file is in; null if it is in none. */
    private static Extent at(ExtentPath path, long block) {
        if (path.leafEntry() < 0) {
            return null;
        }
        Extent extent = path.leaf().extent(path.leafEntry());
        return extent.end() > block ? extent : null;
    }

    private static long behindHole(ExtentPath path) {
        int next = path.leafEntry() + 1;
        return next < path.leaf().count() ? path.leaf().key(next) : path.end();
    }

    @Override
    public Mapping allocate(Change change, long block, long count) throws FileException {
        ExtentPath path = tree.find(block);
        Extent extent = at(path, block);
        if (extent == null) {
            return fill(change, path, block, Math.min(count, behindHole(path) - block));
        }
        long found = Math.min(count, extent.end() - block);
        if (extent.isUnwritten()) {
            insertion.makeWritten(change, path, extent, block, block + found);
        }
        return new Mapping(extent.placeOf(block), found, false, extent.isUnwritten());
    }

    private Mapping fill(Change change, ExtentPath path, long block, long count)
            throws FileException {
        long wanted = Math.min(count, Extent.MAXIMUM_WRITTEN);
        BlockRun run = tree.blocks().take(change, goal(path, block), wanted);
        insertion.insert(change, new Extent(block, run.count(), run.first(), false));
        return new Mapping(run.first(), run.count(), false, true);
    }

    /** Gives a hole blocks that were taken for it. */
    void place(Change change, long block, long count, long place, boolean isUnwritten)
            throws FileException {
        long done = 0;
        while (done < count) {
            long part = Math.min(count - done, Extent.maximum(isUnwritten));
            insertion.insert(change, new Extent(block + done, part, place + done, isUnwritten));
            done += part;
        }
        tree.blocks().root().addBlocks(change, count);
    }

    /** As far from a neighbour on the disk as in the file, or near it. */
    private long goal(ExtentPath path, long block) {
        if (path.leaf().count() == 0) {
            return tree.blocks().goal();
        }
        Extent neighbour = path.leaf().extent(Math.max(0, path.leafEntry()));
        long goal = neighbour.placeOf(block);
        return tree.blocks().geometry().isBlock(goal) ? goal : neighbour.place();
    }

    @Override
    public boolean isSmall() throws FileException {
        ExtentNode root = tree.root();
        long blocks = 0;
        if (root.depth() > 0 || root.count() > FileMap.MOST_SMALL_PARTS) {
            return false;
        }
        for (int i = 0; i < root.count(); i++) {
            blocks += root.extent(i).count();
        }
        return blocks <= tree.blocks().geometry().blocksPerGroup();
    }

    @Override
    public int creditsToAllocate() throws FileException {
        return ExtentInsertion.credits(tree.root().depth());
    }

    @Override
    public long remove(Change change, long from, long to) throws FileException {
        return removal.remove(change, from, to);
    }

    @Override
    public int creditsToRemove() throws FileException {
        return ExtentRemoval.credits(tree.root().depth());
    }
}
