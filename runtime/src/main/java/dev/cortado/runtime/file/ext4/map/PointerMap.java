package dev.cortado.runtime.file.ext4.map;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.group.BlockAllocator;
import dev.cortado.runtime.file.ext4.group.BlockRun;
import dev.cortado.runtime.file.storage.transaction.Change;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The map of a file as a block map, which reaches blocks with numbers of 32 bits. */
final class PointerMap implements MapForm {
    /** Behind the last block of the disk that a pointer leads to. */
    static final long PLACE_LIMIT = 1L << Integer.SIZE;

    /** Of a new node: itself, and what its allocation changes beside the superblock. */
    private static final int NODE_CREDITS = 1 + BlockAllocator.CREDITS - 1;

    /** Of an allocation: blocks of data, the inode, a node that there is, and new ones. */
    static final int CREDITS = BlockAllocator.CREDITS + 2 + PointerWay.MAXIMUM_DEPTH * NODE_CREDITS;

    private final MapBlocks blocks;
    private final int perNode;
    private final PointerRemoval removal;

    PointerMap(MapBlocks blocks) {
        this.blocks = blocks;
        perNode = blocks.geometry().blockBytes() / Integer.BYTES;
        removal = new PointerRemoval(this, blocks, perNode);
    }

    @Override
    public void clear(Change change) throws FileException {
        blocks.root().setBlocks(change, ByteBuffer.allocate(MapRoot.BYTES));
    }

    @Override
    public long limit() {
        long reached = PointerWay.begin(perNode, PointerWay.MAXIMUM_DEPTH + 1);
        return Math.min(reached, ExtentTree.LIMIT);
    }

    @Override
    public Mapping lookup(long block) throws FileException {
        PointerWay way = PointerWay.to(perNode, block);
        PointerNode node = root();
        for (int level = 0; level < way.depth(); level++) {
            long below = node.pointer(way.slot(level));
            if (below == 0) {
                return Mapping.hole(way.rest(level));
            }
            node = read(node, below);
        }
        return mapping(node, way, false);
    }

    private Mapping mapping(PointerNode node, PointerWay way, boolean isFresh)
            throws FileException {
        int slot = way.slot(way.depth());
        int count = node.alike(slot, way.slots(way.depth()));
        long place = node.pointer(slot);
        if (place != 0) {
            blocks.check(place, count, node.place());
        }
        return new Mapping(place, count, false, isFresh);
    }

    @Override
    public Mapping allocate(Change change, long block, long count) throws FileException {
        PointerWay way = PointerWay.to(perNode, block);
        PointerNode node = root();
        for (int level = 0; level < way.depth(); level++) {
            long below = node.pointer(way.slot(level));
            node = below == 0 ? create(change, node, way.slot(level)) : read(node, below);
        }
        Mapping found = mapping(node, way, false);
        long wanted = Math.min(count, found.count());
        if (!found.isHole()) {
            return new Mapping(found.place(), wanted, false, false);
        }
        int slot = way.slot(way.depth());
        BlockRun run = blocks.take(change, goal(node, slot), wanted);
        PointerNode changed = edit(change, node);
        for (int i = 0; i < run.count(); i++) {
            changed.set(slot + i, run.first() + i);
        }
        save(change, changed);
        return new Mapping(run.first(), run.count(), false, true);
    }

    /** Behind the block before, else behind the node. */
    private long goal(PointerNode node, int slot) {
        long before = slot == 0 ? 0 : node.pointer(slot - 1);
        if (before == 0) {
            before = node.place();
        }
        return before == 0 ? blocks.goal() : before + 1;
    }

    private PointerNode create(Change change, PointerNode above, int slot) throws FileException {
        long place = blocks.take(change, goal(above, slot), 1).first();
        PointerNode changed = edit(change, above);
        changed.set(slot, place);
        save(change, changed);
        return new PointerNode(change.create(place), place);
    }

    @Override
    public boolean isSmall() throws FileException {
        return root().isEmpty();
    }

    @Override
    public int creditsToAllocate() {
        return CREDITS;
    }

    @Override
    public long remove(Change change, long from, long to) throws FileException {
        return removal.remove(change, from, to);
    }

    @Override
    public int creditsToRemove() {
        return PointerRemoval.CREDITS;
    }

    /** The pointers of the inode, not to be written to. */
    PointerNode root() throws FileException {
        return new PointerNode(blocks.root().blocks(), PointerNode.IN_INODE);
    }

    /** A node below another, not to be written to. */
    PointerNode read(PointerNode above, long place) throws FileException {
        blocks.check(place, 1, above.place());
        return new PointerNode(blocks.store().read(place), place);
    }

    /** The same node, to be changed; {@link #save} follows. */
    PointerNode edit(Change change, PointerNode node) throws FileException {
        if (node.place() != PointerNode.IN_INODE) {
            return new PointerNode(change.modify(node.place()), node.place());
        }
        ByteBuffer bytes = ByteBuffer.allocate(MapRoot.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(0, blocks.root().blocks(), 0, MapRoot.BYTES);
        return new PointerNode(bytes, PointerNode.IN_INODE);
    }

    void save(Change change, PointerNode node) throws FileException {
        if (node.place() == PointerNode.IN_INODE) {
            blocks.root().setBlocks(change, node.bytes());
        }
    }
}
