package dev.cortado.runtime.file.storage.cache;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Pages in the Java heap, up to a number of them, of which none is taken away. */
public class HeapMemory implements CacheMemory {
    /** There is always room for so many. */
    private static final int MINIMUM_PAGES = 8;

    /** A page; guarded by its memory. */
    private static final class Slot {
        private final ByteBuffer bytes;
        private int pins;
        private boolean isKept = true;
        private boolean isUsed;
        private boolean isLeft;

        Slot(int bytes) {
            this.bytes = ByteBuffer.allocate(bytes);
        }
    }

    private final int pageBytes;
    private final int most;

    /** Null where there is none. */
    private final List<Slot> slots = new ArrayList<>();

    private final Deque<Integer> empty = new ArrayDeque<>();
    private int present;
    private int kept;

    /**
     * @param pageBytes of a page
     * @param maximumBytes of all
     */
    public HeapMemory(int pageBytes, long maximumBytes) {
        this.pageBytes = pageBytes;
        most = (int) Math.clamp(maximumBytes / pageBytes, MINIMUM_PAGES, Integer.MAX_VALUE);
    }

    @Override
    public synchronized long freeBytes() {
        return Math.max(0L, most - kept) * pageBytes;
    }

    @Override
    public long mostKeptBytes() {
        return (long) most * pageBytes;
    }

    @Override
    public synchronized int allocate(boolean isNeeded) {
        if (present >= most && !isNeeded) {
            return NONE;
        }
        Slot slot = new Slot(pageBytes);
        int page = empty.isEmpty() ? slots.size() : empty.pop();
        if (page == slots.size()) {
            slots.add(slot);
        } else {
            slots.set(page, slot);
        }
        present++;
        kept++;
        return page;
    }

    @Override
    public synchronized ByteBuffer bytes(int page) {
        return slots.get(page).bytes.duplicate();
    }

    @Override
    public int taken() {
        return 0;
    }

    @Override
    public boolean isGone(int page) {
        return false;
    }

    @Override
    public synchronized boolean pin(int page, boolean isUse) {
        Slot slot = slots.get(page);
        slot.pins++;
        slot.isUsed |= isUse;
        return true;
    }

    @Override
    public synchronized void unpin(int page) {
        Slot slot = slots.get(page);
        slot.pins--;
        giveBackIfLeft(page, slot);
    }

    @Override
    public synchronized void keep(int page) {
        Slot slot = slots.get(page);
        kept += slot.isKept ? 0 : 1;
        slot.isKept = true;
    }

    @Override
    public synchronized void expose(int page) {
        Slot slot = slots.get(page);
        kept -= slot.isKept ? 1 : 0;
        slot.isKept = false;
    }

    @Override
    public synchronized boolean claim(int page) {
        Slot slot = slots.get(page);
        if (slot.pins > 0 || slot.isKept) {
            return false;
        }
        slot.isKept = true;
        kept++;
        return true;
    }

    @Override
    public synchronized boolean takeUse(int page) {
        Slot slot = slots.get(page);
        boolean isUsed = slot.isUsed;
        slot.isUsed = false;
        return isUsed;
    }

    @Override
    public synchronized void leave(int page) {
        Slot slot = slots.get(page);
        slot.isLeft = true;
        giveBackIfLeft(page, slot);
    }

    private void giveBackIfLeft(int page, Slot slot) {
        if (slot.isLeft && slot.pins == 0) {
            present--;
            kept -= slot.isKept ? 1 : 0;
            slots.set(page, null);
            empty.push(page);
        }
    }
}
