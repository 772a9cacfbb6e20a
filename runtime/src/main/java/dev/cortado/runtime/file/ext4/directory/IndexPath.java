package dev.cortado.runtime.file.ext4.directory;

import dev.cortado.runtime.file.FileException;

/** A way from the root of a hash tree to a block with entries; it can go on to the next one. */
final class IndexPath {
    private final DirectoryBlocks blocks;
    private final IndexNode[] nodes;
    private final int[] entries;
    private long steps;

    private IndexPath(DirectoryBlocks blocks, int levels) {
        this.blocks = blocks;
        nodes = new IndexNode[levels + 1];
        entries = new int[levels + 1];
    }

    /** The way to the first block that a hash may be in. */
    static IndexPath find(DirectoryBlocks blocks, int hash) throws FileException {
        IndexNode root = blocks.node(0);
        IndexPath path = new IndexPath(blocks, root.levels());
        path.nodes[0] = root;
        path.entries[0] = root.find(hash);
        for (int level = 1; level <= path.levels(); level++) {
            path.enter(level);
            path.entries[level] = path.nodes[level].find(hash);
        }
        return path;
    }

    /** How many levels of nodes are below the root. */
    int levels() {
        return nodes.length - 1;
    }

    IndexNode node(int level) {
        return nodes[level];
    }

    int entry(int level) {
        return entries[level];
    }

    int hashVersion() {
        return nodes[0].hashVersion();
    }

    /** The block with entries that the way leads to. */
    long leaf() throws FileException {
        return child(levels());
    }

    /** A child that is none of those above it. */
    private long child(int level) throws FileException {
        long child = nodes[level].child(entries[level]);
        for (int above = 0; above <= level; above++) {
            if (child == nodes[above].block()) {
                throw blocks.damage(nodes[level].place(), "index leads back to block " + child);
            }
        }
        return child;
    }

    /** The least hash of the block that the way leads to; its lowest bit as {@link #behind}'s. */
    int begin() {
        for (int level = levels(); level >= 0; level--) {
            if (entries[level] > 0) {
                return nodes[level].hash(entries[level]);
            }
        }
        return 0;
    }

    boolean hasNext() {
        return levelWithNext() >= 0;
    }

    /**
     * The hash that the next block begins with, if there is one. With its lowest bit set, names
     * with that hash are in the block before, too.
     */
    int behind() {
        int level = levelWithNext();
        return nodes[level].hash(entries[level] + 1);
    }

    private int levelWithNext() {
        int level = levels();
        while (level >= 0 && entries[level] + 1 == nodes[level].count()) {
            level--;
        }
        return level;
    }

    /** Goes on to the next block, if there is one. */
    void advance() throws FileException {
        if (++steps > blocks.count()) {
            throw blocks.damage(nodes[0].place(), "index leads to a block more than once");
        }
        int level = levelWithNext();
        entries[level]++;
        for (level++; level <= levels(); level++) {
            enter(level);
            entries[level] = 0;
        }
    }

    private void enter(int level) throws FileException {
        nodes[level] = blocks.node(child(level - 1));
    }
}
