package dev.cortado.runtime.file.ext4.map;

/** A way from the root of an extent tree to a leaf, as of when it was looked for. */
final class ExtentPath {
    private final ExtentNode[] nodes;
    private final int[] entries;
    private long begin;
    private long end;

    /**
     * @param end the block of the file that the whole tree ends before
     */
    ExtentPath(int depth, long end) {
        nodes = new ExtentNode[depth + 1];
        entries = new int[depth + 1];
        this.end = end;
    }

    /**
     * Goes on to a node.
     *
     * @param entry of it that leads on; in a leaf the last that does not begin behind the block
     *     looked for, or -1
     */
    void set(int level, ExtentNode node, int entry) {
        nodes[level] = node;
        entries[level] = entry;
        if (node.depth() > 0) {
            begin = node.key(entry);
            end = entry + 1 < node.count() ? node.key(entry + 1) : end;
        }
    }

    /** The level of the leaf; the root's is 0. */
    int depth() {
        return nodes.length - 1;
    }

    ExtentNode node(int level) {
        return nodes[level];
    }

    int entry(int level) {
        return entries[level];
    }

    ExtentNode leaf() {
        return nodes[depth()];
    }

    /** -1 if all of the leaf's extents begin behind the block. */
    int leafEntry() {
        return entries[depth()];
    }

    /** The block of the file that the node found last begins with, at the earliest. */
    long begin() {
        return begin;
    }

    /** The block of the file that the node found last ends before. */
    long end() {
        return end;
    }
}
