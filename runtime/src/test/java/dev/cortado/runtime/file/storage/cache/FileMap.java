package dev.cortado.runtime.file.storage.cache;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Where a test's file has its blocks: they are given to it in order, or anywhere. */
final class FileMap implements FileBlocks {
    private final int firstPlace;
    private final int places;
    private final Random random;
    private final BitSet used = new BitSet();
    private final Map<Long, Long> map = new HashMap<>();
    private final Set<Long> fresh = new HashSet<>();

    /**
     * @param random null to give blocks in order
     */
    FileMap(int firstPlace, int places, Random random) {
        this.firstPlace = firstPlace;
        this.places = places;
        this.random = random;
    }

    /** Gives blocks to holes; these are fresh until this is called again. */
    void allocate(long firstBlock, long lastBlock) {
        fresh.clear();
        for (long block = firstBlock; block <= lastBlock; block++) {
            if (!map.containsKey(block)) {
                int from = random == null ? 0 : random.nextInt(places);
                int free = used.nextClearBit(from) < places ? used.nextClearBit(from) : 0;
                free = used.nextClearBit(free);
                used.set(free);
                map.put(block, (long) firstPlace + free);
                fresh.add(block);
            }
        }
    }

    /** Takes blocks away from the file. */
    void free(long firstBlock) {
        map.entrySet()
                .removeIf(entry -> {
                    boolean isFreed = entry.getKey() >= firstBlock;
                    if (isFreed) {
                        used.clear((int) (entry.getValue() - firstPlace));
                    }
                    return isFreed;
                });
        fresh.clear();
    }

    @Override
    public long place(long block) {
        return map.getOrDefault(block, HOLE);
    }

    @Override
    public boolean isFresh(long block) {
        return fresh.contains(block);
    }
}
