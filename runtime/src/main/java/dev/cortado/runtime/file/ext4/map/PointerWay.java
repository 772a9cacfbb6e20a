package dev.cortado.runtime.file.ext4.map;

/**
 * The way to a block of a file in a block map: through as many nodes as it is deep, from a slot of
 * the inode (kernel, Documentation/filesystems/ext4/blockmap.rst).
 */
final class PointerWay {
    /** Slots of the inode that lead to data. */
    static final int DIRECT = 12;

    static final int MAXIMUM_DEPTH = 3;

    private final int perNode;
    private final int depth;
    private final long inside;

    private PointerWay(int perNode, int depth, long inside) {
        this.perNode = perNode;
        this.depth = depth;
        this.inside = inside;
    }

    /**
     * @param perNode pointers of a node, a power of two
     * @param block below {@link #begin} of one more than the maximum depth
     */
    static PointerWay to(int perNode, long block) {
        int depth = 0;
        while (begin(perNode, depth + 1) <= block) {
            depth++;
        }
        return new PointerWay(perNode, depth, block - begin(perNode, depth));
    }

    /** The first block of a file that takes a way of a depth. */
    static long begin(int perNode, int depth) {
        long begin = depth == 0 ? 0 : DIRECT;
        for (int level = 1; level < depth; level++) {
            begin += span(perNode, level);
        }
        return begin;
    }

    /** How many blocks of a file are below a node with so many levels, its own included. */
    static long span(int perNode, int levels) {
        return 1L << levels * Integer.numberOfTrailingZeros(perNode);
    }

    int depth() {
        return depth;
    }

    /** The slot that is followed: of the inode on level 0, of the last node on the deepest. */
    int slot(int level) {
        if (level == 0) {
            return depth == 0 ? (int) inside : DIRECT + depth - 1;
        }
        return (int) (inside / span(perNode, depth - level)) & perNode - 1;
    }

    /** How many slots the node of a level has for what is as deep as this. */
    int slots(int level) {
        return level == 0 ? DIRECT : perNode;
    }

    /** How many blocks of the file there are from this one on below a level's slot. */
    long rest(int level) {
        long span = span(perNode, depth - level);
        return span - (inside & span - 1);
    }
}
