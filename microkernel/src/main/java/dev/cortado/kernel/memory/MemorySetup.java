package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Numbers;

/** From what the loader says of memory to free frames, all of which are mapped. */
public final class MemorySetup {
    private MemorySetup() {}

    /**
     * Takes the machine's memory into use.
     *
     * @param map its RAM
     * @param reserved what else is in use: pairs of begin and end, {@code reservedCount} numbers,
     *     with room for two more
     * @return false if there is too little memory for the tables
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static boolean run(MemoryMap map, long[] reserved, int reservedCount) {
        if (map.count() == 0) {
            return false;
        }
        MemoryMapping mapping = MachineMemory.mapping();
        long lowest = mapping.lowest();
        long early = mapping.mappedEarly();
        long end = map.end(map.count() - 1);
        long metadataBytes = Frames.roundUp(BuddyAllocator.metadataBytes(lowest, end), Frames.SIZE);
        long metadata = placeMetadata(map, metadataBytes, reserved, reservedCount);
        if (metadata == BuddyAllocator.NONE) {
            return false;
        }
        reserved[reservedCount] = metadata;
        reserved[reservedCount + 1] = metadata + metadataBytes;
        Memory.frames().initialize(metadata, lowest, end);
        addFree(map, lowest, early, reserved, reservedCount + 2);
        if (!mapping.map(map)) {
            return false;
        }
        addFree(map, early, end, reserved, reservedCount + 2);
        return true;
    }

    /**
     * Hands out the RAM of [begin, end), which must be mapped: free blocks hold their own links.
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static void addFree(
            MemoryMap map, long begin, long end, long[] reserved, int reservedCount) {
        for (int i = 0; i < map.count(); i++) {
            addFree(
                    Numbers.max(map.begin(i), begin),
                    Numbers.min(map.end(i), end),
                    reserved,
                    reservedCount);
        }
    }

    /** The first place behind everything reserved that has room, in memory that is mapped early. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static long placeMetadata(MemoryMap map, long bytes, long[] reserved, int count) {
        for (int i = 0; i < map.count(); i++) {
            long begin = Numbers.max(map.begin(i), MachineMemory.mapping().lowest());
            long moved;
            do {
                moved = begin;
                for (int j = 0; j < count; j += 2) {
                    if (reserved[j] < begin + bytes && reserved[j + 1] > begin) {
                        begin = Frames.roundUp(reserved[j + 1], Frames.SIZE);
                    }
                }
            } while (begin != moved);
            long limit = Numbers.min(map.end(i), MachineMemory.mapping().mappedEarly());
            if (begin < limit && limit - begin >= bytes) {
                return begin;
            }
        }
        return BuddyAllocator.NONE;
    }

    /** Adds [begin, end) less what is reserved. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static void addFree(long begin, long end, long[] reserved, int count) {
        long from = begin;
        while (from < end) {
            long to = end;
            long skip = -1;
            for (int j = 0; j < count; j += 2) {
                long reservedBegin = Frames.roundDown(reserved[j], Frames.SIZE);
                long reservedEnd = Frames.roundUp(reserved[j + 1], Frames.SIZE);
                if (reservedBegin <= from && reservedEnd > from) {
                    skip = Numbers.max(skip, reservedEnd);
                } else if (reservedBegin > from) {
                    to = Numbers.min(to, reservedBegin);
                }
            }
            if (skip >= 0) {
                from = skip;
            } else {
                Memory.frames().addRange(from, to);
                from = to;
            }
        }
    }
}
