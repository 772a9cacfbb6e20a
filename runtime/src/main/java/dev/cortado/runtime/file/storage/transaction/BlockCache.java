package dev.cortado.runtime.file.storage.transaction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Blocks in memory: those that the running transaction has changed, all of them, and as many others
 * as there is room for, of which the least recently used one goes first. Not synchronised.
 */
final class BlockCache {
    private final int maximumClean;

    /** How many blocks have left memory, or were as they had been before, or more. */
    private volatile long departures;

    private final Map<Long, Block> dirty = new HashMap<>();

    /** The least recently used one first. */
    private final LinkedHashMap<Long, Block> clean = new LinkedHashMap<>(16, 0.75f, true);

    BlockCache(int maximumClean) {
        this.maximumClean = maximumClean;
    }

    /**
     * @return null if it is not there
     */
    Block get(long number) {
        Block block = dirty.get(number);
        return block != null ? block : clean.get(number);
    }

    /** As {@link MetadataStore#departures}; may be read without a lock. */
    long departures() {
        return departures;
    }

    /** How many blocks were changed. */
    int dirtyCount() {
        return dirty.size();
    }

    boolean isDirty(long number) {
        return dirty.containsKey(number);
    }

    /** In any order. */
    Iterable<Block> dirty() {
        return dirty.values();
    }

    /** Adds one as it is on the disk; the one that is there if there is one. */
    Block add(Block block) {
        Block there = get(block.number());
        if (there != null) {
            return there;
        }
        clean.put(block.number(), block);
        trim();
        return block;
    }

    /** It may have left memory, and others have read another one since: that one leaves it now. */
    private void enter(Block block) {
        Block other = get(block.number());
        if (other != null && other != block) {
            other.setGone(true);
            departed();
        }
        block.setGone(false);
    }

    /** A block, which need not have been there, was changed. */
    void makeDirty(Block block) {
        enter(block);
        clean.remove(block.number());
        dirty.put(block.number(), block);
    }

    /** A block is not changed any more. */
    void makeClean(Block block) {
        enter(block);
        dirty.remove(block.number());
        clean.put(block.number(), block);
        trim();
    }

    /** No block is changed any more. */
    void makeAllClean() {
        clean.putAll(dirty);
        dirty.clear();
        trim();
    }

    /** By one thread at a time. */
    void departed() {
        departures++;
    }

    void remove(long number) {
        Block block = get(number);
        if (block != null) {
            block.setGone(true);
        }
        departed();
        clean.remove(number);
        dirty.remove(number);
    }

    /** Which blocks of a range are there; takes time by their number, not by the range's. */
    List<Long> within(long first, long count) {
        List<Long> found = new ArrayList<>();
        if (count < clean.size() + dirty.size()) {
            for (long number = first; number < first + count; number++) {
                if (get(number) != null) {
                    found.add(number);
                }
            }
        } else {
            addWithin(dirty, first, count, found);
            addWithin(clean, first, count, found);
        }
        return found;
    }

    private static void addWithin(
            Map<Long, Block> blocks, long first, long count, List<Long> found) {
        for (long number : blocks.keySet()) {
            if (number >= first && number - first < count) {
                found.add(number);
            }
        }
    }

    /** One that was used past the cache meanwhile goes to the end, as if it had been asked for. */
    private void trim() {
        int spared = 0;
        while (clean.size() > maximumClean) {
            Map.Entry<Long, Block> oldest = clean.firstEntry();
            if (oldest.getValue().takeUsed() && spared++ < maximumClean) {
                clean.get(oldest.getKey());
            } else {
                oldest.getValue().setGone(true);
                clean.remove(oldest.getKey());
                departed();
            }
        }
    }
}
