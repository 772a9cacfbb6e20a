package dev.cortado.drivers.xen.vchan;

import dev.cortado.drivers.xen.connection.Hypervisor;
import dev.cortado.drivers.xen.ring.RingPlace;
import dev.cortado.kernel.memory.RingMemory;

/**
 * The first page of a connection as libxenvchan makes it: {@code struct vchan_interface} of
 * public/io/libxenvchan.h.
 *
 * <pre>
 *    0  u32 consumer, u32 producer of the left ring, from client to server
 *    8  u32 consumer, u32 producer of the right ring, from server to client
 *   16  u16 order of the left ring, u16 of the right one
 *   20  u8  client is live, u8 server is live
 *   22  u8  what the client notifies the server of, u8 what the server notifies the client of
 *   24  u32 references of the grants for the rings' pages, the left one's first
 * </pre>
 *
 * <p>A ring of order 10 is at 1024 in this page, one of order 11 at 2048; larger ones have pages of
 * their own, which here lie behind this page.
 */
public final class VchanHeader {
    /** VCHAN_NOTIFY_WRITE, VCHAN_NOTIFY_READ. */
    static final int NOTIFY_WRITE = 1;

    public static final int NOTIFY_READ = 2;

    public static final int GONE = 0;
    public static final int LIVE = 1;

    /** The client has not connected yet. */
    static final int EXPECTED = 2;

    static final int SMALL_ORDER = 10;
    static final int LARGE_ORDER = 11;
    public static final int PAGE_ORDER = 12;

    /** 128 KiB: more pages than that are not worth it here. */
    static final int HIGHEST_ORDER = 17;

    private static final int RIGHT = 8;
    private static final int ORDERS = 16;
    private static final int FLAGS = 20;
    private static final int REFERENCES = 24;

    /** Bits of the four bytes at {@link #FLAGS}. */
    private static final int CLIENT_LIVE = 0;

    private static final int SERVER_LIVE = 8;
    private static final int CLIENT_NOTIFY = 16;
    private static final int SERVER_NOTIFY = 24;

    private final RingMemory memory;
    private final long page;

    public VchanHeader(RingMemory memory, long page) {
        this.memory = memory;
        this.page = page;
    }

    /** By the server, before anybody else sees it. */
    public void initialize(int leftOrder, int rightOrder, int[] references) {
        for (int i = 0; i < 2 * RIGHT; i += Integer.BYTES) {
            memory.writeIntRelease(page + i, 0);
        }
        memory.writeIntRelease(page + ORDERS, leftOrder | rightOrder << 16);
        for (int i = 0; i < references.length; i++) {
            memory.writeIntRelease(page + REFERENCES + (long) Integer.BYTES * i, references[i]);
        }
        memory.writeIntRelease(
                page + FLAGS,
                EXPECTED << CLIENT_LIVE
                        | LIVE << SERVER_LIVE
                        | NOTIFY_WRITE << CLIENT_NOTIFY
                        | NOTIFY_WRITE << SERVER_NOTIFY);
    }

    /** Both orders, the left one in the lower half; to be read once and checked. */
    int orders() {
        return memory.readIntAcquire(page + ORDERS);
    }

    public static boolean areOrders(int left, int right) {
        return left >= SMALL_ORDER
                && left <= HIGHEST_ORDER
                && right >= SMALL_ORDER
                && right <= HIGHEST_ORDER
                && (left != right || left >= PAGE_ORDER);
    }

    /** How many pages of its own a ring has. */
    static int pages(int order) {
        return order < PAGE_ORDER ? 0 : 1 << order - PAGE_ORDER;
    }

    int reference(int index) {
        return memory.readIntAcquire(page + REFERENCES + (long) Integer.BYTES * index);
    }

    /**
     * Where a ring is.
     *
     * @param all the header's page, and those of the rings behind it
     * @param before how many pages of rings come before this one's
     */
    public static RingPlace ring(RingMemory all, boolean left, int order, int before) {
        long indices = left ? 0 : RIGHT;
        long data = order < PAGE_ORDER ? 1L << order : (long) Hypervisor.PAGE_BYTES * (1 + before);
        return new RingPlace(all, data, 1 << order, indices, indices + Integer.BYTES);
    }

    public int live(boolean ofServer) {
        return memory.readIntAcquire(page + FLAGS) >>> (ofServer ? SERVER_LIVE : CLIENT_LIVE)
                & 0xff;
    }

    public void setLive(boolean ofServer, int state) {
        int shift = ofServer ? SERVER_LIVE : CLIENT_LIVE;
        int flags;
        do {
            flags = memory.readIntAcquire(page + FLAGS);
        } while (!set(flags, flags & ~(0xff << shift) | state << shift));
    }

    /** A side asks the other one to notify it once of an action. */
    public void request(boolean byServer, int action) {
        int bit = action << (byServer ? CLIENT_NOTIFY : SERVER_NOTIFY);
        int flags;
        do {
            flags = memory.readIntAcquire(page + FLAGS);
        } while (!set(flags, flags | bit));
    }

    /** Whether a side that has done something must notify the other one of it, this once. */
    public boolean mustNotify(boolean byServer, int action) {
        int bit = action << (byServer ? SERVER_NOTIFY : CLIENT_NOTIFY);
        memory.fullFence();
        int flags;
        do {
            flags = memory.readIntAcquire(page + FLAGS);
            if ((flags & bit) == 0) {
                return false;
            }
        } while (!set(flags, flags & ~bit));
        return true;
    }

    private boolean set(int old, int now) {
        return memory.compareAndSetInt(page + FLAGS, old, now);
    }
}
