package dev.cortado.drivers.xen.connection;

import dev.cortado.kernel.ipc.ChannelLayout;
import dev.cortado.kernel.memory.RingMemory;

/**
 * The first page of a connection, which its client makes. Numbers are little-endian.
 *
 * <pre>
 *    0  "CORTADO1"
 *    8  u32  kind of the connection
 *   12  u32  capacity of each channel in bytes
 *   16  u32  what of the client is open, a bit each
 *   20  u32  what of the service is open
 *   64  u32  references of the grants for the other pages
 * </pre>
 *
 * <p>The other pages hold the channel to the service, then, from a new page on, the one to the
 * client.
 */
public final class ConnectionHeader {
    /** Messages of bytes both ways. */
    public static final int KIND_CHANNELS = 1;

    /** Requests and replies of {@link CallMessage}. */
    public static final int KIND_CALLS = 2;

    /** The side sends; or: it receives. */
    static final int SENDS = 1;

    static final int RECEIVES = 2;
    static final int OPEN = SENDS | RECEIVES;

    static final int MINIMUM_CAPACITY = 1024;
    static final int MAXIMUM_CAPACITY = 1 << 17;

    private static final long MAGIC = 0x314f444154524f43L; // "CORTADO1"
    private static final int KIND = 8;
    private static final int CAPACITY = 12;
    private static final int CLIENT = 16;
    private static final int SERVICE = 20;
    private static final int REFERENCES = 64;

    private final RingMemory memory;
    private final long page;

    public ConnectionHeader(RingMemory memory, long page) {
        this.memory = memory;
        this.page = page;
    }

    static boolean isCapacity(int capacity) {
        return ChannelLayout.isCapacity(capacity)
                && capacity >= MINIMUM_CAPACITY
                && capacity <= MAXIMUM_CAPACITY;
    }

    /** Pages of one channel. */
    static int channelPages(int capacity) {
        return (int)
                ((ChannelLayout.bytes(capacity) + Hypervisor.PAGE_BYTES - 1)
                        / Hypervisor.PAGE_BYTES);
    }

    public void initialize(int kind, int capacity, int[] references) {
        memory.writeIntRelease(page + KIND, kind);
        memory.writeIntRelease(page + CAPACITY, capacity);
        memory.writeIntRelease(page + CLIENT, OPEN);
        memory.writeIntRelease(page + SERVICE, OPEN);
        for (int i = 0; i < references.length; i++) {
            memory.writeIntRelease(page + REFERENCES + 4L * i, references[i]);
        }
        memory.writeLongRelease(page, MAGIC);
    }

    boolean isOurs(int kind) {
        return memory.readLongAcquire(page) == MAGIC && memory.readIntAcquire(page + KIND) == kind;
    }

    /** What the client wrote; to be read once and checked. */
    int capacity() {
        return memory.readIntAcquire(page + CAPACITY);
    }

    int reference(int index) {
        return memory.readIntAcquire(page + REFERENCES + 4L * index);
    }

    int state(boolean ofClient) {
        return memory.readIntAcquire(page + (ofClient ? CLIENT : SERVICE));
    }

    void setState(boolean ofClient, int state) {
        memory.writeIntRelease(page + (ofClient ? CLIENT : SERVICE), state);
    }
}
