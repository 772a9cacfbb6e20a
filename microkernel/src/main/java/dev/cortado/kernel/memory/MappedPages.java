package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.kernel.cpu.SpinLock;
import jdk.internal.misc.Unsafe;

/**
 * The addresses of mapped files: pages whose frames come and go while programs know their
 * addresses. For each page there is a byte that says what may be done with it, 0 at first; what the
 * others mean is up to whoever maps files. A page that is not there is not to be touched, so the
 * byte is looked at before.
 */
public final class MappedPages {
    private static final AddressRanges ADDRESSES =
            Memory.addresses(AddressSpace.MAPPINGS_BASE, AddressSpace.PAGE_STATES_BASE);

    /** Of addresses: no two stretches have their bytes in the same page. */
    private static final long GRANULE = Frames.SIZE << Frames.SHIFT;

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final VirtualMemory STATES = new VirtualMemory();

    private MappedPages() {}

    /** Addresses without frames; 0 if there are none, or no memory for the bytes. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long reserve(long bytes) {
        if (bytes <= 0 || bytes > AddressSpace.PAGE_STATES_BASE - AddressSpace.MAPPINGS_BASE) {
            return 0;
        }
        long size = Frames.roundUp(bytes, GRANULE);
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        long begin = ADDRESSES.reserve(size, GRANULE);
        SpinLock.release(SpinLock.MEMORY, flags);
        if (begin == AddressRanges.NONE) {
            return 0;
        }
        int access = PageAccess.READ | PageAccess.WRITE;
        if (!Pages.commit(stateOf(begin), size >>> Frames.SHIFT, access)) {
            releaseAddresses(begin, size);
            return 0;
        }
        return begin;
    }

    /** Gives back what {@link #reserve} returned for so many bytes; no page is there any more. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static void release(long begin, long bytes) {
        long size = Frames.roundUp(bytes, GRANULE);
        Pages.freeTables(begin, size);
        Pages.uncommit(stateOf(begin), size >>> Frames.SHIFT);
        releaseAddresses(begin, size);
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static void releaseAddresses(long begin, long size) {
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        ADDRESSES.release(begin, size);
        SpinLock.release(SpinLock.MEMORY, flags);
    }

    /**
     * Puts a frame behind a page, in place of the one that is there, which some CPU may remember
     * until {@link #forget}. False if there is no memory for a table.
     *
     * @param physical the frame's address
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static boolean map(long page, long physical, boolean writable) {
        int access = writable ? PageAccess.READ | PageAccess.WRITE : PageAccess.READ;
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        boolean mapped = Memory.pages().map(page, physical, PageAccess.encode(access), Frames.SIZE);
        Memory.pages().finish();
        SpinLock.release(SpinLock.MEMORY, flags);
        return mapped;
    }

    /** Takes a page's frame out, if it has one; some CPU may remember it until {@link #forget}. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static void unmap(long page) {
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        if (Memory.pages().entry(page) != 0) {
            Memory.pages().unmap(page);
            Memory.pages().finish();
        }
        SpinLock.release(SpinLock.MEMORY, flags);
    }

    /** Returns when no CPU remembers what was behind the pages of [begin, begin + bytes). */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static void forget(long begin, long bytes) {
        MachineMemory.translations().forget(begin, bytes);
    }

    /** The address of the byte that belongs to an address. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static long stateOf(long address) {
        return AddressSpace.PAGE_STATES_BASE
                + (address - AddressSpace.MAPPINGS_BASE >>> Frames.SHIFT);
    }

    /**
     * As it is now: a plain read could be moved out of a loop, over safepoints where it changes.
     */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static byte state(long address) {
        byte state = STATES.readByte(stateOf(address));
        UNSAFE.loadFence();
        return state;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static void setState(long address, byte state) {
        STATES.writeByte(stateOf(address), state);
    }
}
