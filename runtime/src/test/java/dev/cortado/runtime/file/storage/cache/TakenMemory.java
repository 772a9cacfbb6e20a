package dev.cortado.runtime.file.storage.cache;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.IntFunction;

/** Memory that the machine takes back, as a test says; what is there afterwards is another's. */
final class TakenMemory extends HeapMemory {
    private static final byte OTHERS = 0x66;

    private final Set<Integer> pages = new LinkedHashSet<>();
    private final BitSet gone = new BitSet();
    private int taken;

    /** There is none for pages that are wanted from now on. */
    boolean isExhausted;

    TakenMemory(int pageBytes, long maximumBytes) {
        super(pageBytes, maximumBytes);
    }

    /** Up to so many bytes that nobody takes. */
    static IntFunction<CacheMemory> untaken(long maximumBytes) {
        return pageBytes -> new HeapMemory(pageBytes, maximumBytes);
    }

    /**
     * Takes what can be taken, the oldest first that was not used.
     *
     * @param wanted at most
     * @return how many pages
     */
    synchronized int take(int wanted) {
        int count = 0;
        for (int round = 0; round < 2; round++) {
            for (int page : new ArrayList<>(pages)) {
                if (count < wanted && !isGone(page) && !takeUse(page) && super.claim(page)) {
                    Arrays.fill(bytes(page).array(), OTHERS);
                    gone.set(page);
                    pages.remove(page);
                    count++;
                    taken++;
                }
            }
        }
        return count;
    }

    @Override
    public synchronized int allocate(boolean isNeeded) {
        int page = isExhausted ? NONE : super.allocate(isNeeded);
        if (page != NONE) {
            pages.add(page);
        }
        return page;
    }

    @Override
    public synchronized int taken() {
        return taken;
    }

    @Override
    public synchronized boolean isGone(int page) {
        return gone.get(page);
    }

    @Override
    public synchronized boolean pin(int page, boolean isUse) {
        return !isGone(page) && super.pin(page, isUse);
    }

    @Override
    public synchronized boolean claim(int page) {
        return !isGone(page) && super.claim(page);
    }

    @Override
    public synchronized void leave(int page) {
        gone.clear(page);
        pages.remove(page);
        super.leave(page);
    }
}
