package dev.cortado.runtime.file.storage.transaction;

import java.util.Map;
import java.util.TreeMap;

/**
 * A set of block numbers that takes room by its gaps: neighbours are kept as one range. Not
 * synchronised.
 */
public final class BlockRanges {
    /** What is done with a range. */
    @FunctionalInterface
    public interface Visitor {
        void visit(long first, long count);
    }

    /** The first block of each range, and the one behind its last; ranges do not touch. */
    private final TreeMap<Long, Long> ends = new TreeMap<>();

    public boolean isEmpty() {
        return ends.isEmpty();
    }

    public boolean contains(long block) {
        Map.Entry<Long, Long> range = ends.floorEntry(block);
        return range != null && block < range.getValue();
    }

    /**
     * Whether it contains any of some blocks.
     *
     * @param count 1 or more; {@code first + count} is not above {@link Long#MAX_VALUE}
     */
    public boolean containsAny(long first, long count) {
        Map.Entry<Long, Long> range = ends.lowerEntry(first + count);
        return range != null && first < range.getValue();
    }

    /**
     * @param first 0 or more
     * @param count 0 or more; {@code first + count} is not above {@link Long#MAX_VALUE}
     */
    public void add(long first, long count) {
        if (count == 0) {
            return;
        }
        long start = first;
        long end = first + count;
        Map.Entry<Long, Long> range = ends.floorEntry(end);
        while (range != null && range.getValue() >= start) {
            start = Math.min(start, range.getKey());
            end = Math.max(end, range.getValue());
            ends.remove(range.getKey());
            range = ends.floorEntry(end);
        }
        ends.put(start, end);
    }

    public void addAll(BlockRanges others) {
        others.forEach(this::add);
    }

    /** Visits all ranges, the lowest first. */
    public void forEach(Visitor visitor) {
        ends.forEach((first, end) -> visitor.visit(first, end - first));
    }
}
