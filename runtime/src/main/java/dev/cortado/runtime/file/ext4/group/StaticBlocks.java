package dev.cortado.runtime.file.ext4.group;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import java.util.Arrays;

/**
 * The blocks that are the file system's own wherever it is used: superblocks, descriptors, bitmaps
 * and inode tables. No file has them, whatever a map or a bitmap says.
 */
final class StaticBlocks {
    static final StaticBlocks NONE = new StaticBlocks(new long[0], new long[0]);

    /** First blocks, ascending. */
    private final long[] begins;

    /** The blocks behind the last, as many. */
    private final long[] ends;

    private StaticBlocks(long[] begins, long[] ends) {
        this.begins = begins;
        this.ends = ends;
    }

    /**
     * Reads all groups' descriptors.
     *
     * @throws FileException EUCLEAN if one has a wrong checksum, leads outside, or to where another
     *     does
     */
    static StaticBlocks of(Geometry geometry, DescriptorTable descriptors) throws FileException {
        Collector collector = new Collector();
        long tableBlocks = geometry.tableBlocks();
        for (int group = 0; group < geometry.groups(); group++) {
            GroupDescriptor descriptor = descriptors.read(group);
            collector.add(geometry.firstBlock(group), descriptors.leadingBlocks(group));
            check(geometry, group, "block bitmap", descriptor.blockBitmap(), 1);
            collector.add(descriptor.blockBitmap(), 1);
            check(geometry, group, "inode bitmap", descriptor.inodeBitmap(), 1);
            collector.add(descriptor.inodeBitmap(), 1);
            check(geometry, group, "inode table", descriptor.inodeTable(), tableBlocks);
            collector.add(descriptor.inodeTable(), tableBlocks);
        }
        return collector.finish();
    }

    private static void check(Geometry geometry, int group, String what, long first, long count)
            throws DamageException {
        if (!geometry.isBlock(first) || count > geometry.blocks() - first) {
            throw DamageException.ofGroup(group, what + " outside, at block " + first);
        }
    }

    /** The first of some blocks that is static; their end if none is. */
    long firstIn(long first, long end) {
        int at = Arrays.binarySearch(begins, first);
        int before = at >= 0 ? at : -at - 2;
        if (before >= 0 && ends[before] > first) {
            return first;
        }
        return before + 1 < begins.length ? Math.min(begins[before + 1], end) : end;
    }

    /** The first block from one on that is not static; the end if all are. */
    long firstBehind(long first, long end) {
        int at = Arrays.binarySearch(begins, first);
        int before = at >= 0 ? at : -at - 2;
        return before >= 0 && ends[before] > first ? Math.min(ends[before], end) : first;
    }

    /** Grows as groups are added; what touches the run before becomes part of it. */
    private static final class Collector {
        private static final int FEW = 64;

        /** With flex_bg, three runs grow at the same time. */
        private static final int RECENT = 8;

        private long[] begins = new long[FEW];
        private long[] ends = new long[FEW];
        private int count;

        void add(long first, long blocks) {
            if (blocks == 0) {
                return;
            }
            for (int i = count - 1; i >= Math.max(0, count - RECENT); i--) {
                if (ends[i] == first) {
                    ends[i] = first + blocks;
                    return;
                }
            }
            if (count == begins.length) {
                begins = Arrays.copyOf(begins, count * 2);
                ends = Arrays.copyOf(ends, count * 2);
            }
            begins[count] = first;
            ends[count++] = first + blocks;
        }

        StaticBlocks finish() throws DamageException {
            Integer[] order = new Integer[count];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, (one, other) -> Long.compare(begins[one], begins[other]));
            long[] first = new long[count];
            long[] end = new long[count];
            int runs = 0;
            for (int i : order) {
                if (runs > 0 && begins[i] < end[runs - 1]) {
                    throw DamageException.ofSuperblock("two uses of block " + begins[i]);
                }
                if (runs > 0 && begins[i] == end[runs - 1]) {
                    end[runs - 1] = ends[i];
                } else {
                    first[runs] = begins[i];
                    end[runs++] = ends[i];
                }
            }
            return new StaticBlocks(Arrays.copyOf(first, runs), Arrays.copyOf(end, runs));
        }
    }
}
