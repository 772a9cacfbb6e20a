package dev.cortado.runtime.file.ext4.make;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.group.Bits;
import dev.cortado.runtime.file.ext4.group.BlockRun;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Blocks that are used already, as runs: a new file system has few of them, however large it is.
 */
final class UsedBlocks {
    /** First to end of each run; runs neither overlap nor touch. */
    private final TreeMap<Long, Long> runs = new TreeMap<>();

    private final long end;

    /**
     * @param first block that may be used
     * @param end behind the last
     */
    UsedBlocks(long first, long end) {
        this.end = end;
        if (first > 0) {
            add(0, first);
        }
    }

    /** Blocks that nobody uses yet become used. */
    void add(long first, long count) {
        long begin = first;
        long behind = first + count;
        Map.Entry<Long, Long> before = runs.floorEntry(first);
        if (before != null && before.getValue() == first) {
            begin = before.getKey();
        }
        Long next = runs.remove(behind);
        runs.put(begin, next == null ? behind : next);
    }

    /**
     * Takes the first blocks, one behind the other, that are free.
     *
     * @param near where to look first, and then everywhere
     * @throws FileException ENOSPC
     */
    long take(long near, long count) throws FileException {
        long first = find(near, count);
        if (first < 0) {
            first = find(0, count);
        }
        if (first < 0) {
            throw new FileException(Errno.ENOSPC);
        }
        add(first, count);
        return first;
    }

    /** The first that are free from some block on; less than 0 if there are none. */
    private long find(long from, long count) {
        long first = firstFree(from);
        while (first < end && firstUsed(first) - first < count) {
            first = firstFree(firstUsed(first));
        }
        return first < end ? first : -1;
    }

    /**
     * Takes the first blocks that are free, in as many runs as there must be.
     *
     * @param longest of a run
     * @throws FileException ENOSPC if there are not as many up to the end
     */
    List<BlockRun> takeRuns(long from, long count, long longest) throws FileException {
        List<BlockRun> taken = new ArrayList<>();
        long left = count;
        long first = firstFree(from);
        while (left > 0) {
            if (first >= end) {
                throw new FileException(Errno.ENOSPC);
            }
            long length = Math.min(Math.min(left, longest), firstUsed(first) - first);
            taken.add(new BlockRun(first, length));
            add(first, length);
            left -= length;
            first = firstFree(first);
        }
        return taken;
    }

    private long firstFree(long from) {
        Map.Entry<Long, Long> run = runs.floorEntry(from);
        return run == null || run.getValue() <= from ? from : run.getValue();
    }

    private long firstUsed(long from) {
        Long next = runs.ceilingKey(from);
        return next == null ? end : next;
    }

    /** How many are used of some. */
    long count(long first, long behind) {
        long count = 0;
        for (BlockRun run : within(first, behind)) {
            count += run.count();
        }
        return count;
    }

    /** Sets a bit for each that is used, beginning with the lowest of the first byte. */
    void mark(ByteBuffer bitmap, long first, long behind) {
        for (BlockRun run : within(first, behind)) {
            Bits.set(bitmap, run.first() - first, run.end() - first);
        }
    }

    private List<BlockRun> within(long first, long behind) {
        List<BlockRun> found = new ArrayList<>();
        Long begin = runs.floorKey(first);
        for (var run : runs.subMap(begin == null ? first : begin, behind).entrySet()) {
            long from = Math.max(first, run.getKey());
            long to = Math.min(behind, run.getValue());
            if (from < to) {
                found.add(new BlockRun(from, to - from));
            }
        }
        return found;
    }
}
