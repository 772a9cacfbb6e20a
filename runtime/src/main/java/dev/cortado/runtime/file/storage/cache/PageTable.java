package dev.cortado.runtime.file.storage.cache;

import java.util.function.Predicate;

/**
 * The pages of a file, by their numbers: a hash table of open addressing, which has no object of
 * its own for a page. For one thread at a time.
 */
final class PageTable {
    private static final int SMALLEST = 4;

    /** Fibonacci hashing: pages one behind the other, or at a stride, are spread evenly. */
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private static final Page[] NONE = new Page[0];

    /** Of so many slots one has a page, or there are fewer of them. */
    private static final int SPARSEST = 8;

    /** A power of two, and at least half of them empty; or none at all. */
    private Page[] slots = NONE;

    private int count;

    boolean isEmpty() {
        return count == 0;
    }

    /** Null if it is not there. */
    Page get(long number) {
        return isEmpty() ? null : slots[find(number)];
    }

    /** Puts one whose number is not there yet. */
    void put(Page page) {
        if (2 * (count + 1) > slots.length) {
            grow();
        }
        slots[find(page.number())] = page;
        count++;
    }

    private void grow() {
        resize(Math.max(SMALLEST, 2 * slots.length));
    }

    /** What a large file has left behind is given back. Without memory for that it stays. */
    private void shrink() {
        int size = slots.length;
        while (size > SMALLEST && count < size / SPARSEST) {
            size /= 2;
        }
        try {
            if (size < slots.length) {
                resize(size);
            }
        } catch (OutOfMemoryError e) {
            // Whoever removes the next page tries again.
        }
    }

    private void resize(int size) {
        Page[] old = slots;
        slots = new Page[size];
        for (Page page : old) {
            if (page != null) {
                slots[find(page.number())] = page;
            }
        }
    }

    /** Removes one that is there. */
    void remove(long number) {
        removeAt(find(number));
        shrink();
    }

    /**
     * Removes those of some numbers that a condition, which is asked once for each of them, holds
     * for.
     *
     * @param end behind the last number
     * @return how many of them stay
     */
    int removeIf(long first, long end, Predicate<Page> condition) {
        int stay = removeAmong(first, end, condition);
        shrink();
        return stay;
    }

    private int removeAmong(long first, long end, Predicate<Page> condition) {
        int stay = 0;
        if (end - first <= slots.length) {
            for (long number = first; number < end && count > 0; number++) {
                int slot = find(number);
                stay += isKept(slot, condition);
            }
            return stay;
        }
        // One that moves to an empty slot comes from one that was not looked at yet: of what begins
        // behind the first empty slot, none moves beyond the last.
        int begin = firstEmpty();
        for (int i = 0; i < slots.length; ) {
            int slot = begin + i & slots.length - 1;
            Page page = slots[slot];
            boolean isAmong = page != null && page.number() >= first && page.number() < end;
            if (isAmong && isKept(slot, condition) == 0) {
                if (count == 0) {
                    return stay;
                }
                continue;
            }
            stay += isAmong ? 1 : 0;
            i++;
        }
        return stay;
    }

    private int firstEmpty() {
        int slot = 0;
        while (slot < slots.length && slots[slot] != null) {
            slot++;
        }
        return slot;
    }

    /** 1 if the slot has a page that stays there. */
    private int isKept(int slot, Predicate<Page> condition) {
        Page page = slots[slot];
        if (page == null) {
            return 0;
        }
        if (!condition.test(page)) {
            return 1;
        }
        removeAt(slot);
        return 0;
    }

    /** Whether a condition holds for one of some numbers. */
    boolean anyMatch(long first, long end, Predicate<Page> condition) {
        if (end - first <= slots.length) {
            for (long number = first; number < end; number++) {
                Page page = get(number);
                if (page != null && condition.test(page)) {
                    return true;
                }
            }
            return false;
        }
        for (Page page : slots) {
            boolean isAmong = page != null && page.number() >= first && page.number() < end;
            if (isAmong && condition.test(page)) {
                return true;
            }
        }
        return false;
    }

    private int home(long number) {
        return (int) (number * MULTIPLIER >>> Integer.SIZE) & slots.length - 1;
    }

    /** Where a number is, or would be put. */
    private int find(long number) {
        int slot = home(number);
        while (slots[slot] != null && slots[slot].number() != number) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    /** Those behind it up to an empty slot are where they can be found without it. */
    private void removeAt(int removed) {
        count--;
        if (count == 0) {
            slots = NONE;
            return;
        }
        int mask = slots.length - 1;
        int hole = removed;
        for (int slot = hole + 1 & mask; slots[slot] != null; slot = slot + 1 & mask) {
            int distance = slot - home(slots[slot].number()) & mask;
            if (distance >= (slot - hole & mask)) {
                slots[hole] = slots[slot];
                hole = slot;
            }
        }
        slots[hole] = null;
    }
}
