package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;

/**
 * The entries of page tables. Both where they are and the frames that they name are physical
 * addresses; on a machine whose tables say something else, this translates. Which one an image has
 * is decided while it is built, see {@link MachineMemory#setTables}.
 */
public interface TableMemory {
    @Uninterruptible(reason = PhysicalMemory.REASON)
    long read(long slot);

    /** Writes an entry of a table of any level; {@link #read} knows of it at once. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    void write(long slot, long entry);

    /** CPUs know of all that was written from now on, at the latest. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    void finish();

    /** A zeroed frame is about to become a table. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    void enter(long table);

    /** No entry points to the table any more: it is ordinary memory again. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    void leave(long table);
}
