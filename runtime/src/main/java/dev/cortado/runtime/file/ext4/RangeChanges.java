package dev.cortado.runtime.file.ext4;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** Where blocks of a file are from now on, as the last who has said something about each says. */
final class RangeChanges {
    /**
     * Some blocks of a file.
     *
     * @param from the first
     * @param end the one behind the last
     * @param place of the first on the disk, 0 for a hole
     */
    record Range(long from, long end, long place, boolean isUnwritten) {
        boolean isHole() {
            return place == 0;
        }

        /** Where a block of it is. */
        long placeOf(long block) {
            return isHole() ? 0 : place + (block - from);
        }

        private Range part(long newFrom, long newEnd) {
            return new Range(newFrom, newEnd, placeOf(newFrom), isUnwritten);
        }
    }

    private final TreeMap<Long, Range> ranges = new TreeMap<>();

    /** One that replaces what was said about its blocks. */
    void put(Range range) {
        Range before = before(range.end());
        List<Range> rests = new ArrayList<>();
        while (before != null && before.end() > range.from()) {
            ranges.remove(before.from());
            if (before.end() > range.end()) {
                rests.add(before.part(range.end(), before.end()));
            }
            if (before.from() < range.from()) {
                rests.add(before.part(before.from(), range.from()));
            }
            before = before(range.end());
        }
        rests.forEach(rest -> ranges.put(rest.from(), rest));
        ranges.put(range.from(), range);
    }

    private Range before(long end) {
        var entry = ranges.lowerEntry(end);
        return entry == null ? null : entry.getValue();
    }

    /** In their order in the file. */
    Collection<Range> all() {
        return ranges.values();
    }
}
