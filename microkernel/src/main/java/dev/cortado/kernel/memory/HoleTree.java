package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;

/**
 * Holes in ascending order, as a tree whose depth grows with the logarithm of their number: a treap
 * (Seidel, Aragon: "Randomized Search Trees", Algorithmica 16, 1996). Each node knows the largest
 * hole below it. Nodes are memory of the caller's. Nothing here recurs: a lock may be held, and
 * then the stack must not grow.
 */
final class HoleTree {
    static final long NO_NODE = KernelHeap.NONE;

    /** Bytes of a node. */
    static final long NODE_BYTES = 56;

    private static final long BEGIN = 0;
    private static final long END = 8;
    private static final long LEFT = 16;
    private static final long RIGHT = 24;
    private static final long PARENT = 32;
    private static final long PRIORITY = 40;

    /** Bytes of the largest hole of the node and those below. */
    private static final long LARGEST = 48;

    private final PhysicalMemory memory;
    private long root = NO_NODE;
    private long seed = 1;

    HoleTree(PhysicalMemory memory) {
        this.memory = memory;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    long begin(long node) {
        return memory.readLong(node + BEGIN);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    long end(long node) {
        return memory.readLong(node + END);
    }

    /** The first hole of at least so many bytes. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    long firstOf(long bytes) {
        long node = root;
        while (largest(node) >= bytes) {
            if (largest(get(node, LEFT)) >= bytes) {
                node = get(node, LEFT);
            } else if (end(node) - begin(node) >= bytes) {
                return node;
            } else {
                node = get(node, RIGHT);
            }
        }
        return NO_NODE;
    }

    /** The last hole that begins below an address. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    long lastBelow(long address) {
        long found = NO_NODE;
        long node = root;
        while (node != NO_NODE) {
            boolean below = begin(node) < address;
            found = below ? node : found;
            node = get(node, below ? RIGHT : LEFT);
        }
        return found;
    }

    /** The first hole that does not. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    long firstFrom(long address) {
        long found = NO_NODE;
        long node = root;
        while (node != NO_NODE) {
            boolean below = begin(node) < address;
            found = below ? found : node;
            node = get(node, below ? RIGHT : LEFT);
        }
        return found;
    }

    /** Moves the ends of a hole, which stays between its neighbours. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    void resize(long node, long begin, long end) {
        memory.writeLong(node + BEGIN, begin);
        memory.writeLong(node + END, end);
        update(node);
    }

    /** Adds a hole that overlaps no other. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    void insert(long node, long begin, long end) {
        long parent = NO_NODE;
        long side = LEFT;
        for (long below = root; below != NO_NODE; below = get(parent, side)) {
            parent = below;
            side = begin < begin(below) ? LEFT : RIGHT;
        }
        seed = seed * 6364136223846793005L + 1442695040888963407L; // Knuth, MMIX
        memory.writeLong(node + LEFT, NO_NODE);
        memory.writeLong(node + RIGHT, NO_NODE);
        memory.writeLong(node + PRIORITY, seed >>> 1);
        put(parent, side, node);
        resize(node, begin, end);
        while (get(node, PARENT) != NO_NODE
                && get(get(node, PARENT), PRIORITY) < get(node, PRIORITY)) {
            rotateUp(node);
        }
    }

    /** Takes a hole out. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    void remove(long node) {
        while (get(node, LEFT) != NO_NODE || get(node, RIGHT) != NO_NODE) {
            long left = get(node, LEFT);
            long right = get(node, RIGHT);
            boolean useLeft =
                    right == NO_NODE
                            || left != NO_NODE && get(left, PRIORITY) > get(right, PRIORITY);
            rotateUp(useLeft ? left : right);
        }
        long parent = get(node, PARENT);
        put(parent, sideOf(node, parent), NO_NODE);
        update(parent);
    }

    /** A node takes its parent's place, which is its child then; the order stays. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    private void rotateUp(long node) {
        long parent = get(node, PARENT);
        long above = get(parent, PARENT);
        long side = sideOf(node, parent);
        long other = side == LEFT ? RIGHT : LEFT;
        long aboveSide = sideOf(parent, above);
        put(parent, side, get(node, other));
        put(node, other, parent);
        put(above, aboveSide, node);
        updateOne(parent);
        updateOne(node);
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private long sideOf(long node, long parent) {
        return parent != NO_NODE && get(parent, LEFT) == node ? LEFT : RIGHT;
    }

    /** Makes {@code node}, if it is one, a child of {@code parent}, or the root. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    private void put(long parent, long side, long node) {
        if (parent == NO_NODE) {
            root = node;
        } else {
            memory.writeLong(parent + side, node);
        }
        if (node != NO_NODE) {
            memory.writeLong(node + PARENT, parent);
        }
    }

    /** From a node whose hole or whose children have changed to the root. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    private void update(long changed) {
        for (long node = changed; node != NO_NODE; node = get(node, PARENT)) {
            updateOne(node);
        }
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private void updateOne(long node) {
        long largest = end(node) - begin(node);
        long left = largest(get(node, LEFT));
        long right = largest(get(node, RIGHT));
        largest = left > largest ? left : largest;
        memory.writeLong(node + LARGEST, right > largest ? right : largest);
    }

    /** 0 below a leaf. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private long largest(long node) {
        return node == NO_NODE ? 0 : memory.readLong(node + LARGEST);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private long get(long node, long field) {
        return memory.readLong(node + field);
    }
}
