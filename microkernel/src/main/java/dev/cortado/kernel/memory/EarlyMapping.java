package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;

/**
 * Makes the kernel's page tables where the image heap is at its place only in them, before anything
 * else runs. Which one an image has, if any, is decided while it is built, see {@link
 * MachineMemory#setEarlyMapping}.
 */
public interface EarlyMapping {
    /**
     * @param information address of what the loader has left
     * @return what the boot code wants to switch to the tables, 0 if they could not be made
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    long map(long information);
}
