package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;

/**
 * Four-level page tables (Intel SDM vol. 3A, 4.5), written through {@link PhysicalMemory}. Tables
 * come from the frame allocator. Does not touch the TLB: the caller does.
 */
public final class PageTable {
    /** Bits of an entry, SDM vol. 3A table 4-15 to 4-20. */
    public static final long PRESENT = 1;

    public static final long WRITABLE = 1 << 1;
    public static final long WRITE_THROUGH = 1 << 3;
    public static final long CACHE_DISABLE = 1 << 4;
    public static final long PAGE_SIZE = 1 << 7;
    public static final long GLOBAL = 1 << 8;
    public static final long NO_EXECUTE = 1L << 63;

    /**
     * In an entry that is not present (its other bits are ours): the page is committed, its frame
     * kept, but no access is allowed for now.
     */
    public static final long COMMITTED = 1 << 9;

    private static final long ADDRESS = 0x000f_ffff_ffff_f000L;
    private static final int ENTRIES = 512;
    private static final int TOP_LEVEL = 3;

    private final PhysicalMemory memory;
    private final BuddyAllocator frames;
    private TableMemory entries;
    private long root = BuddyAllocator.NONE;
    private long noExecute;
    private long tables;

    public PageTable(PhysicalMemory memory, BuddyAllocator frames) {
        this.memory = memory;
        this.frames = frames;
        entries = new PlainTables(memory);
    }

    /** Called while the image is built, if the tables' entries are not plain memory. */
    void setTables(TableMemory chosen) {
        entries = chosen;
    }

    /** Creates the empty root table; false if there is no frame for it. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public boolean initialize(boolean cpuHasNoExecute) {
        noExecute = cpuHasNoExecute ? NO_EXECUTE : 0;
        root = newTable();
        return root != BuddyAllocator.NONE;
    }

    /** Takes tables that others have made; to be called in place of {@link #initialize}. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    void adopt(long existingRoot, long existingTables, boolean cpuHasNoExecute) {
        noExecute = cpuHasNoExecute ? NO_EXECUTE : 0;
        root = existingRoot;
        tables = existingTables;
    }

    /** How many frames the tables of all levels have. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long tables() {
        return tables;
    }

    /** Physical address of the root table, for CR3. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long root() {
        return root;
    }

    /**
     * Maps [virtual, virtual + bytes) to [physical, ...) with the largest pages that alignment
     * allows, up to {@code largestPage}. False if the frames for tables ran out.
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public boolean mapRange(long virtual, long physical, long bytes, long flags, long largestPage) {
        long done = 0;
        while (done < bytes) {
            long page = largestPage;
            while (page > Frames.SIZE
                    && !(Frames.isAligned(virtual + done, page)
                            && Frames.isAligned(physical + done, page)
                            && bytes - done >= page)) {
                page >>>= 9;
            }
            if (!map(virtual + done, physical + done, flags, page)) {
                return false;
            }
            done += page;
        }
        return true;
    }

    /** Maps one page of 4 KiB, 2 MiB or 1 GiB. False if the frames for tables ran out. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public boolean map(long virtual, long physical, long flags, long page) {
        int leaf = page == Frames.SIZE ? 0 : page == Frames.LARGE_SIZE ? 1 : 2;
        long table = root;
        for (int level = TOP_LEVEL; level > leaf; level--) {
            long slot = slot(table, virtual, level);
            long entry = entries.read(slot);
            if ((entry & PRESENT) == 0) {
                long child = newTable();
                if (child == BuddyAllocator.NONE) {
                    return false;
                }
                entry = child | PRESENT | WRITABLE;
                entries.write(slot, entry);
            }
            table = entry & ADDRESS;
        }
        long size = leaf == 0 ? 0 : PAGE_SIZE;
        entries.write(slot(table, virtual, leaf), encode(physical, flags) | size);
        return true;
    }

    /** To be called after changes, before anybody counts on them. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    void finish() {
        entries.finish();
    }

    /** The entry of the page at {@code virtual}, 0 if nothing is mapped there. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public long entry(long virtual) {
        long slot = leafSlot(virtual);
        return slot == BuddyAllocator.NONE ? 0 : entries.read(slot);
    }

    /** Bytes of the page of an entry that {@link #entry} returned: 4 KiB or 2 MiB. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static long size(long entry) {
        return (entry & PAGE_SIZE) == 0 ? Frames.SIZE : Frames.LARGE_SIZE;
    }

    /** Whether a 2 MiB page can be put there: nothing is, nor a table. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public boolean isVacant(long virtual) {
        long slot = slotAt(virtual, 1);
        return slot == BuddyAllocator.NONE || entries.read(slot) == 0;
    }

    /** The frame of an entry, whether it is present or only committed. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static long frame(long entry) {
        return entry & ADDRESS;
    }

    /** Removes the page at {@code virtual} and returns the entry that was there. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public long unmap(long virtual) {
        long slot = leafSlot(virtual);
        if (slot == BuddyAllocator.NONE) {
            return 0;
        }
        long entry = entries.read(slot);
        entries.write(slot, 0);
        return entry;
    }

    /** Changes the protection of a page that {@link #entry} knows; false if it is none. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public boolean protect(long virtual, long flags) {
        long slot = leafSlot(virtual);
        if (slot == BuddyAllocator.NONE) {
            return false;
        }
        long entry = entries.read(slot);
        if (entry == 0) {
            return false;
        }
        entries.write(slot, encode(entry & ADDRESS, flags) | entry & PAGE_SIZE);
        return true;
    }

    /**
     * Takes the lowest-level tables out that [begin, begin + bytes) has a part in and that are
     * empty.
     *
     * @param others a chain of others, or NONE
     * @return the first of all, a chain for {@link #nextDetached}, or NONE. They may be used for
     *     something else once no CPU remembers them.
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public long detachEmptyTables(long begin, long bytes, long others) {
        finish();
        long chain = others;
        long from = Frames.roundDown(begin, Frames.LARGE_SIZE);
        for (long span = from; span < begin + bytes; span += Frames.LARGE_SIZE) {
            long parent = slotAt(span, 1);
            long entry = parent == BuddyAllocator.NONE ? 0 : entries.read(parent);
            if ((entry & PRESENT) != 0 && (entry & PAGE_SIZE) == 0 && isEmpty(entry & ADDRESS)) {
                entries.write(parent, 0);
                entries.leave(entry & ADDRESS);
                tables--;
                // Not present, should a CPU still come here: a frame's address has the bit clear.
                memory.writeLong(entry & ADDRESS, chain == BuddyAllocator.NONE ? 0 : chain);
                chain = entry & ADDRESS;
            }
        }
        return chain;
    }

    /** The next of a chain, or NONE. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public long nextDetached(long table) {
        long next = memory.readLong(table);
        return next == 0 ? BuddyAllocator.NONE : next;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private boolean isEmpty(long table) {
        for (long offset = 0; offset < Frames.SIZE; offset += Long.BYTES) {
            if (memory.readLong(table + offset) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Where the entry of {@code virtual}'s page is, NONE if its table does not exist. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    private long leafSlot(long virtual) {
        long slot = slotAt(virtual, 1);
        if (slot == BuddyAllocator.NONE) {
            return BuddyAllocator.NONE;
        }
        long entry = entries.read(slot);
        if ((entry & PAGE_SIZE) != 0) {
            return slot; // though access may be denied
        }
        return (entry & PRESENT) == 0 ? BuddyAllocator.NONE : slot(entry & ADDRESS, virtual, 0);
    }

    /** Where the entry of {@code virtual} in the table of a level is, NONE if there is none. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    private long slotAt(long virtual, int leaf) {
        long table = root;
        for (int level = TOP_LEVEL; level > leaf; level--) {
            long entry = entries.read(slot(table, virtual, level));
            if ((entry & PRESENT) == 0 || (level < TOP_LEVEL && (entry & PAGE_SIZE) != 0)) {
                return BuddyAllocator.NONE;
            }
            table = entry & ADDRESS;
        }
        return slot(table, virtual, leaf);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private long encode(long physical, long flags) {
        return (physical & ADDRESS) | (flags & ~NO_EXECUTE) | (flags & noExecute);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static long slot(long table, long virtual, int level) {
        return table + ((virtual >>> (Frames.SHIFT + 9 * level)) & (ENTRIES - 1)) * Long.BYTES;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private long newTable() {
        long table = frames.allocate(0);
        if (table != BuddyAllocator.NONE) {
            tables++;
            for (long offset = 0; offset < Frames.SIZE; offset += Long.BYTES) {
                memory.writeLong(table + offset, 0);
            }
            entries.enter(table);
        }
        return table;
    }
}
