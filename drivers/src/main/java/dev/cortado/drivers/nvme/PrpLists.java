package dev.cortado.drivers.nvme;

import dev.cortado.drivers.pci.PciAccess;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.RingMemory;
import java.io.IOException;

/**
 * Where the pages of a command's data are (4.3), for each command of a queue: the first pointer is
 * the data's address, the second the next page, or a list of all others.
 */
final class PrpLists {
    private static final int PAGE_BYTES = (int) Frames.SIZE;

    private final RingMemory memory;
    private final DeviceBlock lists;
    private final int bytesEach;

    /**
     * @param mostBytes of a command, at most a MiB: a list does not cross a page's end
     */
    PrpLists(PciAccess access, int slots, int mostBytes) throws IOException {
        memory = access.memory();
        int listed = mostBytes / PAGE_BYTES;
        int largest = Math.max(listed * Long.BYTES, NvmeCommand.RANGE_BYTES);
        bytesEach = Integer.highestOneBit(2 * largest - 1);
        if (bytesEach > PAGE_BYTES) {
            throw new IllegalArgumentException(mostBytes + " bytes of a command");
        }
        lists = access.frames().allocate((long) slots * bytesEach, BuddyAllocator.NO_LIMIT);
    }

    /** Writes what a command needs of a list; returns its second pointer. */
    long second(int slot, long address, int bytes) {
        long next = (address | PAGE_BYTES - 1) + 1;
        long rest = bytes - (next - address);
        if (rest <= 0) {
            return 0;
        }
        if (rest <= PAGE_BYTES) {
            return next;
        }
        long list = (long) slot * bytesEach;
        long at = lists.address(list, bytesEach);
        for (; rest > 0; rest -= PAGE_BYTES) {
            memory.writeLong(at, next);
            at += Long.BYTES;
            next += PAGE_BYTES;
        }
        return lists.deviceAddress(list, bytesEach);
    }

    /** Writes a range of blocks to deallocate (6.7), where a list would be; returns its address. */
    long range(int slot, long block, long blocks) {
        long list = (long) slot * bytesEach;
        long at = lists.address(list, NvmeCommand.RANGE_BYTES);
        memory.writeLong(at, blocks << Integer.SIZE); // and no attributes
        memory.writeLong(at + Long.BYTES, block);
        return lists.deviceAddress(list, NvmeCommand.RANGE_BYTES);
    }
}
