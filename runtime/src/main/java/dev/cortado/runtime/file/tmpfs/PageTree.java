package dev.cortado.runtime.file.tmpfs;

/**
 * The pages of a file by their numbers: a radix tree that is as high as its greatest number needs,
 * with 64 branches at each node, so that a hole costs nothing and the end of a file of 2^63 bytes
 * is nine steps away. Not synchronised.
 */
final class PageTree {
    private static final int BRANCH_SHIFT = 6;
    private static final int BRANCHES = 1 << BRANCH_SHIFT;

    /** Nodes above the pages; with 0, the root itself is page 0. */
    private int height;

    private Object root;
    private long count;

    /** How many pages there are. */
    long count() {
        return count;
    }

    /**
     * @return null if there is a hole
     */
    byte[] get(long page) {
        if (isAbove(page)) {
            return null;
        }
        Object at = root;
        for (int level = height; level > 0 && at != null; level--) {
            at = ((Object[]) at)[branch(page, level)];
        }
        return (byte[]) at;
    }

    /** Puts a page where there is none; it counts even if there is no memory for its branches. */
    void put(long page, byte[] bytes) {
        count++;
        while (isAbove(page)) {
            if (root != null) {
                Object[] above = new Object[BRANCHES];
                above[0] = root;
                root = above;
            }
            height++;
        }
        if (height == 0) {
            root = bytes;
            return;
        }
        if (root == null) {
            root = new Object[BRANCHES];
        }
        Object[] at = (Object[]) root;
        for (int level = height; level > 1; level--) {
            int branch = branch(page, level);
            if (at[branch] == null) {
                at[branch] = new Object[BRANCHES];
            }
            at = (Object[]) at[branch];
        }
        at[branch(page, 1)] = bytes;
    }

    /** Removes all pages from a number on. */
    void removeFrom(long page) {
        if (page == 0) {
            root = null;
            height = 0;
            count = 0;
        } else if (!isAbove(page) && root != null) {
            removeFrom((Object[]) root, height, page);
        }
    }

    /** One call a level, so nine at most. */
    private void removeFrom(Object[] node, int level, long page) {
        int branch = branch(page, level);
        if (node[branch] != null) {
            if (level == 1) {
                node[branch] = null;
                count--;
            } else {
                removeFrom((Object[]) node[branch], level - 1, page);
            }
        }
        for (int i = branch + 1; i < BRANCHES; i++) {
            count -= pages(node[i], level - 1);
            node[i] = null;
        }
    }

    /** How many pages are below; one call a level. */
    private static long pages(Object node, int level) {
        if (node == null) {
            return 0;
        }
        if (level == 0) {
            return 1;
        }
        long pages = 0;
        for (Object below : (Object[]) node) {
            pages += pages(below, level - 1);
        }
        return pages;
    }

    /** Whether a number is beyond what the tree is high enough for. */
    private boolean isAbove(long page) {
        int bits = height * BRANCH_SHIFT;
        return bits < Long.SIZE && page >>> bits != 0;
    }

    /**
     * @param level 1 for the nodes just above the pages
     */
    private static int branch(long page, int level) {
        return (int) (page >>> (level - 1) * BRANCH_SHIFT) & BRANCHES - 1;
    }
}
