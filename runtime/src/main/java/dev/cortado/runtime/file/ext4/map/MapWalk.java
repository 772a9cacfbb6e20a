package dev.cortado.runtime.file.ext4.map;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.group.BlockAllocator;
import dev.cortado.runtime.file.ext4.group.BlockGroups;

/** Goes over all of a map, with the blocks that it takes itself. */
public final class MapWalk {
    /** Is told what there is. */
    public interface Visitor {
        /**
         * A block of the map.
         *
         * @return whether to go on to what it leads to
         */
        boolean node(long place) throws FileException;

        /**
         * Blocks of the file, which are one behind the other on the disk; ascending.
         *
         * @param block of the file, the first
         */
        void data(long block, long count, long place, boolean isUnwritten) throws FileException;
    }

    private final MapBlocks blocks;
    private final Visitor visitor;

    /** How many may still be told of: a map that leads to itself has an end, too. */
    private long left;

    private MapWalk(MapBlocks blocks, Visitor visitor) {
        this.blocks = blocks;
        this.visitor = visitor;
        left = blocks.geometry().blocks();
    }

    /**
     * @throws FileException EUCLEAN where the map is damaged, after what is before that; EIO; what
     *     the visitor throws
     */
    public static void walk(
            BlockGroups groups, BlockAllocator allocator, MapRoot root, Visitor visitor)
            throws FileException {
        long limit = root.hasExtents() ? FileMap.EXTENT_PLACE_LIMIT : PointerMap.PLACE_LIMIT;
        MapWalk walk = new MapWalk(new MapBlocks(groups, allocator, root, limit), visitor);
        if (root.hasExtents()) {
            walk.walkExtents();
        } else {
            walk.walkPointers();
        }
    }

    private void walkExtents() throws FileException {
        ExtentTree tree = new ExtentTree(blocks);
        ExtentPath before = null;
        boolean[] isEntered = new boolean[ExtentTree.MAXIMUM_DEPTH + 1];
        isEntered[0] = true;
        for (long block = 0; block < ExtentTree.LIMIT; ) {
            ExtentPath path = tree.find(block);
            for (int level = 1; level <= path.depth(); level++) {
                long place = path.node(level).place();
                if (before == null || place != before.node(level).place()) {
                    count(1);
                    isEntered[level] = isEntered[level - 1] && visitor.node(place);
                }
            }
            if (isEntered[path.depth()]) {
                walkLeaf(path.leaf());
            }
            block = path.end();
            before = path;
        }
    }

    private void walkLeaf(ExtentNode leaf) throws FileException {
        for (int i = 0; i < leaf.count(); i++) {
            Extent extent = leaf.extent(i);
            count(extent.count());
            visitor.data(extent.block(), extent.count(), extent.place(), extent.isUnwritten());
        }
    }

    private void walkPointers() throws FileException {
        PointerMap map = new PointerMap(blocks);
        PointerNode root = map.root();
        int perNode = blocks.geometry().blockBytes() / Integer.BYTES;
        walkData(root, 0, PointerWay.DIRECT);
        for (int depth = 1; depth <= PointerWay.MAXIMUM_DEPTH; depth++) {
            long below = root.pointer(PointerWay.DIRECT + depth - 1);
            walkNode(map, root, below, PointerWay.begin(perNode, depth), depth, perNode);
        }
    }

    private void walkNode(
            PointerMap map, PointerNode above, long place, long begin, int levels, int perNode)
            throws FileException {
        if (place == 0) {
            return;
        }
        PointerNode node = map.read(above, place);
        count(1);
        if (!visitor.node(place)) {
            return;
        }
        if (levels == 1) {
            walkData(node, begin, perNode);
            return;
        }
        long span = PointerWay.span(perNode, levels - 1);
        for (int slot = 0; slot < perNode; slot++) {
            long below = node.pointer(slot);
            walkNode(map, node, below, begin + slot * span, levels - 1, perNode);
        }
    }

    private void walkData(PointerNode node, long begin, int slots) throws FileException {
        for (int slot = 0; slot < slots; ) {
            int alike = node.alike(slot, slots);
            long place = node.pointer(slot);
            if (place != 0) {
                blocks.check(place, alike, node.place());
                count(alike);
                visitor.data(begin + slot, alike, place, false);
            }
            slot += alike;
        }
    }

    private void count(long more) throws FileException {
        left -= more;
        if (left < 0) {
            throw blocks.damage(0, "more blocks than the disk has");
        }
    }
}
