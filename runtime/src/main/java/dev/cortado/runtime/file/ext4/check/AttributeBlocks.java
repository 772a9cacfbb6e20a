package dev.cortado.runtime.file.ext4.check;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.transaction.MetadataStore;
import java.util.Map;
import java.util.TreeMap;

/** Blocks of extended attributes in a window, which several inodes may have together. */
final class AttributeBlocks {
    /** Where such a block says how many have it. */
    private static final int USERS = 4;

    private final Window window;

    /** By block: how many more inodes should have it. */
    private final Map<Long, Integer> left = new TreeMap<>();

    AttributeBlocks(Window window) {
        this.window = window;
    }

    /** Counts one who has a block; returns whether nobody had it before. */
    boolean isFirst(long block, MetadataStore store) throws FileException {
        if (block < window.firstBlock() || block >= window.endBlock()) {
            return false;
        }
        Integer others = left.get(block);
        int users = others == null ? store.read(block).getInt(USERS) : others;
        left.put(block, users - 1);
        return others == null;
    }

    void report(Findings findings) {
        left.forEach((block, users) -> {
            if (users != 0) {
                findings.add(
                        "block %d: attributes of %d inodes %s than it says",
                        block, Math.abs(users), users > 0 ? "less" : "more");
            }
        });
    }
}
