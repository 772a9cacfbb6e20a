package dev.cortado.runtime.jdk.map;

import com.oracle.svm.core.AlwaysInline;
import com.oracle.svm.core.NeverInline;
import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.kernel.memory.MappedPages;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.map.MappedSpace;
import dev.cortado.runtime.file.map.PageMemory;
import dev.cortado.runtime.file.map.Reach;
import jdk.internal.misc.Blocker;
import jdk.internal.vm.Continuation;

/**
 * What a thread does before it touches memory that may be a mapped file's: {@link
 * MappedAccessPlugin} puts it there. Between the last look at a page and the access no thread may
 * stop at a safepoint, where pages are taken away ({@link ReachLowering}).
 */
public final class MappedAccess {
    static final byte READ = (byte) Reach.READ.ordinal();
    static final byte WRITE = (byte) Reach.WRITE.ordinal();

    private static final long REGION = AddressSpace.MAPPINGS_BASE >>> AddressSpace.MAPPINGS_SHIFT;

    /** All mapped files may have this part of the memory. */
    private static final int SHARE_OF_MEMORY = 4;

    /** As HotSpot has it. */
    private static final String FAULT = "a fault occurred in an unsafe memory access operation";

    /** Null in images that map no files, which the compiler sees. */
    private static volatile MappedSpace space;

    private MappedAccess() {}

    /** The machine's mappings, made when a program first maps something. */
    public static MappedSpace space() {
        MappedSpace made = space;
        return made == null ? make() : made;
    }

    private static synchronized MappedSpace make() {
        if (space == null) {
            space = new MappedSpace(new GuestPages(), Memory.totalBytes() / SHARE_OF_MEMORY);
        }
        return space;
    }

    /** The machine's mappings, null if nothing was mapped. */
    public static MappedSpace made() {
        return space;
    }

    /** Writes all that was written to mappings to their files. */
    public static void flush() throws FileException {
        MappedSpace made = space;
        if (made != null) {
            made.flush();
        }
    }

    /** Whether an address is one of mapped files'; never, in images that map none. */
    @AlwaysInline("A shift and a comparison before each access to memory.")
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static boolean isMapped(long address) {
        return address >>> AddressSpace.MAPPINGS_SHIFT == REGION && space != null;
    }

    /**
     * Some bytes are about to be read.
     *
     * @param address or the offset in an object
     */
    @AlwaysInline("A method that returns may stop at a safepoint.")
    static void beforeRead(long address, int bytes) {
        if (isMapped(address)) {
            while (!isWithin(address, bytes, READ)) {
                bring(address, bytes, false);
            }
        }
    }

    /** Some bytes are about to be written, see {@link #beforeRead}. */
    @AlwaysInline("A method that returns may stop at a safepoint.")
    static void beforeWrite(long address, int bytes) {
        if (isMapped(address)) {
            while (!isWithin(address, bytes, WRITE)) {
                bring(address, bytes, true);
            }
        }
    }

    /** Whether bytes on one page, or on two, are within reach. */
    @AlwaysInline("A method that returns may stop at a safepoint.")
    private static boolean isWithin(long address, int bytes, byte reach) {
        return MappedPages.state(address) >= reach
                && MappedPages.state(address + bytes - 1) >= reach;
    }

    /**
     * Brings pages of mapped files within reach, though the first may have left it again when the
     * last is.
     *
     * @throws InternalError it is behind the end of the file, or the disk failed
     * @throws OutOfMemoryError all memory that files may have is taken by private mappings
     */
    @NeverInline("Mostly a page is there.")
    static void bring(long address, int bytes, boolean writes) {
        long last = address + bytes - 1;
        // A thread that left its carrier here could not be seen to be in the middle of an access.
        Continuation.pin();
        try {
            bringPages(address & -PageMemory.PAGE_BYTES, last, writes);
        } finally {
            Continuation.unpin();
        }
    }

    /** Whoever holds the file's lock may be a virtual thread that needs another carrier. */
    private static void bringPages(long first, long last, boolean writes) {
        boolean isCompensated = Blocker.begin();
        try {
            for (long at = first; at <= last; at += PageMemory.PAGE_BYTES) {
                resolve(at, writes);
            }
        } finally {
            Blocker.end(isCompensated);
        }
    }

    private static void resolve(long address, boolean writes) {
        try {
            space.resolve(address, writes);
        } catch (FileException e) {
            throw failure(e);
        }
    }

    /** What a thread is told whose access failed. */
    public static VirtualMachineError failure(FileException error) {
        return error.errno() == Errno.ENOMEM
                ? new OutOfMemoryError("no memory for a page of a mapped file")
                : new InternalError(FAULT, error);
    }
}
