package dev.cortado.drivers.xen.grant;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import dev.cortado.drivers.xen.hypercall.XenError;
import dev.cortado.kernel.cpu.SpinLock;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.VirtualMemory;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/**
 * Memory of this domain that others may use, and memory of others that this one uses
 * (public/grant_table.h, version 1).
 */
public final class GrantTable {
    private static final int ENTRIES_A_FRAME = (int) Frames.SIZE / GrantPool.ENTRY_BYTES;

    /** How a kind of domain gets at the table, and at other domains' pages. */
    public interface Access {
        /** How many frames the table may have at the most. */
        @Uninterruptible(reason = Hypercall.REASON)
        int maximumFrames();

        /** Virtual address of the table, 0 if there is none. */
        @Uninterruptible(reason = Hypercall.REASON)
        long address();

        /** Maps one more frame of the table; whether Xen has let us. */
        @Uninterruptible(reason = Hypercall.REASON)
        boolean addFrame(int index);

        /** What Xen calls a frame of the domain's. */
        @Uninterruptible(reason = Hypercall.REASON)
        default long frame(long physicalFrame) {
            return physicalFrame;
        }

        /** Maps a page of another domain: its virtual address, or an error. */
        @Uninterruptible(reason = Hypercall.REASON)
        long map(int domain, int reference, boolean readOnly);

        /** Ends a mapping; false if there is none at that address. */
        @Uninterruptible(reason = Hypercall.REASON)
        boolean unmap(long address);
    }

    private static final GrantPool POOL = new GrantPool(new VirtualMemory());
    private static Access access;
    private static int frames;

    private GrantTable() {}

    /** Called while the image is built. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void setAccess(Access chosen) {
        access = chosen;
    }

    /** Starts with an empty table, also after a resume: all that was granted is not any more. */
    @Uninterruptible(reason = Hypercall.REASON)
    public static void restart() {
        long flags = SpinLock.acquire(SpinLock.HYPERVISOR);
        frames = 0;
        POOL.reset(access.address());
        SpinLock.release(SpinLock.HYPERVISOR, flags);
    }

    /**
     * Lets a domain use a page.
     *
     * @param physicalFrame number of the page: its physical address divided by 4096
     * @return a reference for the other domain, or an error if the table is full
     */
    @Uninterruptible(reason = Hypercall.REASON)
    public static int grant(int domain, long physicalFrame, boolean readOnly) {
        long flags = SpinLock.acquire(SpinLock.HYPERVISOR);
        if (frames == 0 && !grow(true)) {
            SpinLock.release(SpinLock.HYPERVISOR, flags);
            return XenError.NOT_IMPLEMENTED;
        }
        int frame = (int) access.frame(physicalFrame);
        int reference = POOL.grant(domain, frame, readOnly);
        if (reference == GrantPool.NONE && grow(false)) {
            reference = POOL.grant(domain, frame, readOnly);
        }
        SpinLock.release(SpinLock.HYPERVISOR, flags);
        return reference == GrantPool.NONE ? XenError.NO_SPACE : reference;
    }

    @Uninterruptible(reason = Hypercall.REASON)
    private static boolean grow(boolean first) {
        if (first) {
            POOL.reset(access.address());
        }
        if (access.address() == 0 || frames >= access.maximumFrames() || !access.addFrame(frames)) {
            return false;
        }
        frames++;
        POOL.grow(frames * ENTRIES_A_FRAME);
        return true;
    }

    /**
     * The other domain may not use the page any more.
     *
     * @return false: it still does, so the page is not to be used for anything else; ask again
     */
    @Uninterruptible(reason = Hypercall.REASON)
    public static boolean end(int reference) {
        long flags = SpinLock.acquire(SpinLock.HYPERVISOR);
        boolean ended = POOL.end(reference);
        SpinLock.release(SpinLock.HYPERVISOR, flags);
        return ended;
    }

    /**
     * Maps a page that another domain has granted to this one: its virtual address, or an error.
     */
    @Uninterruptible(reason = Hypercall.REASON)
    public static long map(int domain, int reference, boolean readOnly) {
        long flags = SpinLock.acquire(SpinLock.HYPERVISOR);
        long address = access.map(domain, reference, readOnly);
        SpinLock.release(SpinLock.HYPERVISOR, flags);
        return address;
    }

    /** Ends what {@link #map} has begun; false if there is no such mapping. */
    @Uninterruptible(reason = Hypercall.REASON)
    public static boolean unmap(long address) {
        long flags = SpinLock.acquire(SpinLock.HYPERVISOR);
        boolean unmapped = access.unmap(address);
        SpinLock.release(SpinLock.HYPERVISOR, flags);
        return unmapped;
    }
}
