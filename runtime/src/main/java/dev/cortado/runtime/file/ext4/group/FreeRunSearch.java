package dev.cortado.runtime.file.ext4.group;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.storage.transaction.MetadataStore;
import java.nio.ByteBuffer;

/**
 * Looks for free blocks that may be given away: at a goal if that is free, else for the first run
 * that is long enough, from the goal on and then from the beginning, else for the longest of a few
 * groups.
 */
final class FreeRunSearch {
    /** In how many groups with free blocks a run is looked for that is long enough. */
    private static final int GROUPS_TRIED = 8;

    private final Geometry geometry;
    private final MetadataStore store;
    private final BlockBitmap bitmap;

    FreeRunSearch(BlockGroups groups, BlockBitmap bitmap) {
        geometry = groups.geometry();
        store = groups.store();
        this.bitmap = bitmap;
    }

    /**
     * @param goal the block that would be best, any number
     * @param wanted how many, at least 1
     * @param limit the block that all must be in front of
     * @return up to as many as wanted; null if there are none
     */
    BlockRun find(long goal, long wanted, long limit) throws FileException {
        long begin = geometry.isBlock(goal) && goal < limit ? goal : geometry.firstDataBlock();
        int first = geometry.groupOfBlock(begin);
        BlockRun best = null;
        int tried = 0;
        for (int i = 0; i < geometry.groups(); i++) {
            int group = (first + i) % geometry.groups();
            if (geometry.firstBlock(group) < limit && bitmap.countFree(group) > 0) {
                long from = i == 0 ? begin : geometry.firstBlock(group);
                BlockRun found = inGroup(group, from, wanted, limit);
                best = longer(best, found);
                tried++;
            }
            if (best != null
                    && (best.first() == goal || best.count() == wanted || tried >= GROUPS_TRIED)) {
                return best;
            }
        }
        return best;
    }

    private static BlockRun longer(BlockRun best, BlockRun found) {
        return best == null || found != null && found.count() > best.count() ? found : best;
    }

    private BlockRun inGroup(int group, long from, long wanted, long limit) throws FileException {
        ByteBuffer bits = bitmap.readUndamaged(group);
        if (bits == null) {
            return null;
        }
        long begin = geometry.firstBlock(group);
        long end = Math.min(geometry.blocksOf(group), limit - begin);
        BlockRun best = inBits(bits, begin, from - begin, end, wanted);
        if (best == null || best.first() != from && best.count() < wanted) {
            best = longer(best, inBits(bits, begin, 0, Math.min(from - begin, end), wanted));
        }
        return best;
    }

    /** The first run that is long enough, else the longest, but whatever is at the beginning. */
    private BlockRun inBits(ByteBuffer bits, long base, long from, long end, long wanted) {
        BlockRun best = null;
        long at = Bits.nextClear(bits, from, end);
        while (at < end && (best == null || best.first() != base + from && best.count() < wanted)) {
            long runEnd = Bits.nextSet(bits, at, Math.min(end, at + Math.min(wanted, end)));
            long first = firstHeld(base + at, base + runEnd, false);
            long behind = firstHeld(first, base + runEnd, true);
            if (behind > first) {
                best = longer(best, new BlockRun(first, behind - first));
            }
            at = Bits.nextClear(bits, Math.max(behind - base, at + 1), end);
        }
        return best;
    }

    /** The first of some blocks that is held, or is not; their end if there is none. */
    private long firstHeld(long first, long end, boolean isHeld) {
        long at = first;
        while (at < end && store.isHeld(at) != isHeld) {
            at++;
        }
        return at;
    }
}
