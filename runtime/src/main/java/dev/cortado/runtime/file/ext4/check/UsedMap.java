package dev.cortado.runtime.file.ext4.check;

import dev.cortado.runtime.file.ext4.group.Bits;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Which blocks of a window's groups somebody has. Groups without any need no memory. */
final class UsedMap {
    private final Window window;
    private final Geometry geometry;
    private final ByteBuffer[] bitmaps;

    UsedMap(Window window) {
        this.window = window;
        geometry = window.geometry();
        bitmaps = new ByteBuffer[window.end() - window.first()];
    }

    /**
     * Marks those that are in the window.
     *
     * @return the first that somebody had already; -1 if nobody had one
     */
    long mark(long first, long count) {
        long from = Math.max(first, window.firstBlock());
        long end = Math.min(first + count, window.endBlock());
        long taken = -1;
        while (from < end) {
            int group = geometry.groupOfBlock(from);
            long begin = geometry.firstBlock(group);
            long behind = Math.min(end, begin + geometry.blocksOf(group));
            ByteBuffer bitmap = bitmap(group);
            long found = Bits.nextSet(bitmap, from - begin, behind - begin);
            if (taken < 0 && found < behind - begin) {
                taken = begin + found;
            }
            Bits.set(bitmap, from - begin, behind - begin);
            from = behind;
        }
        return taken;
    }

    /** The bits of a group's blocks, as in its bitmap; those behind the last are clear. */
    ByteBuffer bitmap(int group) {
        int index = group - window.first();
        if (bitmaps[index] == null) {
            bitmaps[index] =
                    ByteBuffer.allocate(geometry.blockBytes()).order(ByteOrder.LITTLE_ENDIAN);
        }
        return bitmaps[index];
    }

    /** How many of a group are used. */
    long count(int group) {
        ByteBuffer bitmap = bitmaps[group - window.first()];
        long blocks = geometry.blocksOf(group);
        return bitmap == null ? 0 : blocks - Bits.countClear(bitmap, blocks);
    }
}
