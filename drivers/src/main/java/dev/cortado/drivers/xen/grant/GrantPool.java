package dev.cortado.drivers.xen.grant;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import dev.cortado.kernel.memory.RingMemory;

/**
 * Entries of a grant table of version 1 (public/grant_table.h, {@code grant_entry_v1_t}): u16
 * flags, u16 domain, u32 frame. Xen sets flags in them while the other domain uses the memory. A
 * free entry has no flags, and the next free one's number in the place of the frame; one that is
 * still in use is never among the free ones.
 */
final class GrantPool {
    static final int ENTRY_BYTES = 8;

    /** GNTTAB_NR_RESERVED_ENTRIES: the tool stack's, for console and xenstore. */
    static final int RESERVED = 8;

    /** No entry. */
    static final int NONE = -1;

    private static final int FRAME = 4;
    private static final int DOMAIN_SHIFT = 16;

    private static final int PERMIT_ACCESS = 1;
    private static final int READ_ONLY = 1 << 2;

    /** GTF_reading and GTF_writing: the other domain has it mapped. */
    private static final int IN_USE = 1 << 3 | 1 << 4;

    private final RingMemory memory;
    private long table;
    private int entries;
    private int free = NONE;

    GrantPool(RingMemory memory) {
        this.memory = memory;
    }

    /** Forgets everything: the table is a new one, without entries. */
    @Uninterruptible(reason = Hypercall.REASON)
    void reset(long newTable) {
        table = newTable;
        entries = 0;
        free = NONE;
    }

    /** The table has grown to that many entries. */
    @Uninterruptible(reason = Hypercall.REASON)
    void grow(int newEntries) {
        for (int i = newEntries - 1; i >= entries && i >= RESERVED; i--) {
            memory.writeIntRelease(entry(i), 0);
            push(i);
        }
        entries = newEntries;
    }

    @Uninterruptible(reason = Hypercall.REASON)
    private void push(int reference) {
        memory.writeIntRelease(entry(reference) + FRAME, free);
        free = reference;
    }

    /** Lets a domain use a frame; NONE if all entries are taken. */
    @Uninterruptible(reason = Hypercall.REASON)
    int grant(int domain, int frame, boolean readOnly) {
        int reference = free;
        if (reference == NONE) {
            return NONE;
        }
        free = memory.readIntAcquire(entry(reference) + FRAME);
        memory.writeIntRelease(entry(reference) + FRAME, frame);
        int flags = PERMIT_ACCESS | (readOnly ? READ_ONLY : 0);
        memory.writeIntRelease(entry(reference), domain << DOMAIN_SHIFT | flags);
        return reference;
    }

    /** Takes back what {@link #grant} gave; false if it is still in use, or not one of those. */
    @Uninterruptible(reason = Hypercall.REASON)
    boolean end(int reference) {
        if (reference < RESERVED || reference >= entries) {
            return false;
        }
        while (true) {
            // Xen sets the flags at the same time: only if they have not changed is it ours.
            int word = memory.readIntAcquire(entry(reference));
            if ((word & PERMIT_ACCESS) == 0 || (word & IN_USE) != 0) {
                return false;
            }
            if (memory.compareAndSetInt(entry(reference), word, 0)) {
                push(reference);
                return true;
            }
        }
    }

    @Uninterruptible(reason = Hypercall.REASON)
    private long entry(int reference) {
        return table + (long) reference * ENTRY_BYTES;
    }
}
