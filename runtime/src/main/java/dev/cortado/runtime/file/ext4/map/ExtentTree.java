package dev.cortado.runtime.file.ext4.map;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.group.BlockMark;
import dev.cortado.runtime.file.ext4.layout.Feature;
import dev.cortado.runtime.file.storage.Crc32c;
import dev.cortado.runtime.file.storage.transaction.Change;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The nodes of an extent tree: found, checked, changed and sealed with their checksums. */
final class ExtentTree {
    /** Blocks of a file have numbers of 32 bits, and one is left for a size. */
    static final long LIMIT = 0xFFFF_FFFFL;

    /** As deep as any tree gets whose nodes are half full (Linux, EXT4_MAX_EXTENT_DEPTH). */
    static final int MAXIMUM_DEPTH = 5;

    private final MapBlocks blocks;

    ExtentTree(MapBlocks blocks) {
        this.blocks = blocks;
    }

    MapBlocks blocks() {
        return blocks;
    }

    /** Makes a tree without extents. */
    void clear(Change change) throws FileException {
        ByteBuffer bytes = ByteBuffer.allocate(MapRoot.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        save(change, ExtentNode.format(bytes, ExtentNode.IN_INODE, 0));
    }

    /** The root, not to be written to. */
    ExtentNode root() throws FileException {
        ExtentNode root = new ExtentNode(blocks.root().blocks(), ExtentNode.IN_INODE);
        if (root.depth() > MAXIMUM_DEPTH) {
            throw blocks.damage(0, "extents of depth " + root.depth());
        }
        check(root, root.depth(), 0, LIMIT);
        return root;
    }

    /** The way to where a block of the file is, or would be. */
    ExtentPath find(long block) throws FileException {
        ExtentNode node = root();
        int depth = node.depth();
        ExtentPath path = new ExtentPath(depth, LIMIT);
        for (int level = 0; level < depth; level++) {
            int entry = Math.max(0, node.find(block));
            path.set(level, node, entry);
            long place = node.child(entry);
            node = new ExtentNode(blocks.store().read(place), place);
            checkBlock(node, depth - level - 1, path.begin(), path.end());
        }
        path.set(depth, node, node.find(block));
        return path;
    }

    /** All of it when it has come into memory; later on, only whether the way to it is right. */
    private void checkBlock(ExtentNode node, int depth, long begin, long end) throws FileException {
        checkHeader(node, depth);
        long mark = BlockMark.EXTENTS.of(blocks.root().number());
        boolean isKnown = blocks.store().mark(node.place()) == mark;
        if (!isKnown || !node.isWithin(begin, end)) {
            check(node, depth, begin, end);
            checkSum(node);
            blocks.store().setMark(node.place(), mark);
        }
    }

    private void checkHeader(ExtentNode node, int depth) throws FileException {
        String complaint = node.complaint(depth);
        if (complaint != null) {
            throw blocks.damage(node.place(), complaint);
        }
    }

    private void check(ExtentNode node, int depth, long begin, long end) throws FileException {
        checkHeader(node, depth);
        long low = begin;
        for (int i = 0; i < node.count(); i++) {
            long key = node.key(i);
            long next;
            if (depth > 0) {
                blocks.check(node.child(i), 1, node.place());
                next = key + 1;
            } else {
                Extent extent = node.extent(i);
                blocks.check(extent.place(), extent.count(), node.place());
                next = extent.end();
            }
            if (key < low || next <= key || next > end) {
                throw blocks.damage(node.place(), "extent " + i + " at block " + key + " of file");
            }
            low = next;
        }
    }

    private void checkSum(ExtentNode node) throws FileException {
        if (blocks.geometry().has(Feature.METADATA_CSUM)
                && node.bytes().getInt(node.checksumOffset()) != checksum(node)) {
            throw blocks.damage(node.place(), "wrong checksum of extents");
        }
    }

    private int checksum(ExtentNode node) {
        return Crc32c.update(blocks.root().checksumSeed(), node.bytes(), 0, node.checksumOffset());
    }

    /** The same node, to be changed; {@link #save} follows. */
    ExtentNode edit(Change change, ExtentNode node) throws FileException {
        if (node.place() != ExtentNode.IN_INODE) {
            return new ExtentNode(change.modify(node.place()), node.place());
        }
        ByteBuffer bytes = ByteBuffer.allocate(MapRoot.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(0, blocks.root().blocks(), 0, MapRoot.BYTES);
        return new ExtentNode(bytes, ExtentNode.IN_INODE);
    }

    /** A new node without entries; {@link #save} follows. */
    ExtentNode create(Change change, int depth) throws FileException {
        long place = blocks.take(change, blocks.goal(), 1).first();
        return ExtentNode.format(change.create(place), place, depth);
    }

    void save(Change change, ExtentNode node) throws FileException {
        if (node.place() == ExtentNode.IN_INODE) {
            blocks.root().setBlocks(change, node.bytes());
        } else if (blocks.geometry().has(Feature.METADATA_CSUM)) {
            node.bytes().putInt(node.checksumOffset(), checksum(node));
        }
    }

    /** After the first entry of a path's node has changed: nodes above begin where it does. */
    void correctKeys(Change change, ExtentPath path, int from) throws FileException {
        ExtentNode below = edit(change, path.node(from));
        for (int level = from - 1; level >= 0 && below.count() > 0; level--) {
            ExtentNode node = edit(change, path.node(level));
            if (node.key(path.entry(level)) == below.key(0)) {
                return;
            }
            node.setKey(path.entry(level), below.key(0));
            save(change, node);
            if (path.entry(level) > 0) {
                return;
            }
            below = node;
        }
    }
}
