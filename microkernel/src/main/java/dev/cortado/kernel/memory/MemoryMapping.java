package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;

/**
 * How the machine's memory gets to its place in the address space. Which one an image has is
 * decided while it is built, see {@link MachineMemory#setMapping}.
 */
public interface MemoryMapping {
    /** Physical addresses below are not handed out. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    long lowest();

    /** Physical addresses below are in the direct map already, before {@link #map}. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    long mappedEarly();

    /**
     * Maps all RAM, the image and its heap, and makes this CPU use that. Frames can be allocated.
     * False: too little memory.
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    boolean map(MemoryMap ram);

    /** Called on every other CPU: it uses the kernel's page tables from now on. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    void activateProcessor();

    /** Whether a page may have 2 MiB. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    boolean hasLargePages();

    /** Whether a page fault on a stack can be handled, so that stacks may get memory late. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    boolean canGrowStacks();
}
