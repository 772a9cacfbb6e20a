package dev.cortado.drivers.network;

import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.Frames;

/**
 * A piece of memory that a device sees, with a packet or a part of one in it: {@link #offset} and
 * {@link #length} say where. What the packet wants done, or what was done with it, is in its first
 * part. Made once by its {@link NetworkBuffers}, used again and again.
 *
 * <p>It is its pool's, its user's or its device's; whoever has it may change it, and nobody else.
 */
public final class NetworkBuffer {
    /** No checksum is missing. */
    public static final int NO_CHECKSUM = -1;

    /** Bytes before the data that are the driver's, for the header that its device wants. */
    public static final int HEADROOM = 16;

    /** Whose it is: the pool's is null. */
    static final Object USER = new Object();

    private final NetworkBuffers pool;
    private final int index;
    private final DeviceBlock block;
    private final long start;
    private final int capacity;
    private volatile Object holder;

    /** Guarded by the pool. */
    private boolean retired;

    private int offset;
    private int length;
    private NetworkBuffer next;
    private int checksumStart;
    private int checksumOffset;
    private boolean checksumGood;
    private Segmentation segmentation;
    private int segmentSize;
    private int headerLength;
    private boolean congestionReduced;

    NetworkBuffer(NetworkBuffers pool, int index, DeviceBlock block, long start, int capacity) {
        this.pool = pool;
        this.index = index;
        this.block = block;
        this.start = start;
        this.capacity = capacity;
        block.address(start, capacity);
        reset();
    }

    /** Zeroes all frames that it lies in. */
    void clearFrames(DeviceFrames frames) {
        long first = start & -Frames.SIZE;
        frames.clear(block, first, Frames.roundUp(start + capacity, Frames.SIZE) - first);
    }

    /** An empty packet of one part that wants nothing. */
    public void reset() {
        offset = HEADROOM;
        length = 0;
        next = null;
        checksumStart = NO_CHECKSUM;
        checksumOffset = 0;
        checksumGood = false;
        segmentation = Segmentation.NONE;
        segmentSize = 0;
        headerLength = 0;
        congestionReduced = false;
    }

    public NetworkBuffers pool() {
        return pool;
    }

    /** Its number in its pool. */
    public int index() {
        return index;
    }

    /** Bytes from its beginning to its end. */
    public int capacity() {
        return capacity;
    }

    /** Where the data begins, in bytes from the beginning. */
    public int offset() {
        return offset;
    }

    /** Bytes of data in this part. */
    public int length() {
        return length;
    }

    /** Says where the data is. */
    public void setData(int newOffset, int newLength) {
        if (newOffset < 0 || newLength < 0 || newOffset > capacity - newLength) {
            throw new IndexOutOfBoundsException(
                    newLength + " bytes at " + newOffset + " of a buffer of " + capacity);
        }
        offset = newOffset;
        length = newLength;
    }

    /** Where the program finds the data. */
    public long address() {
        return block.address() + start + offset;
    }

    /** Where the device finds the data. */
    public long deviceAddress() {
        return block.device() + start + offset;
    }

    /** Where the program finds the beginning. */
    public long start() {
        return block.address() + start;
    }

    /** Where the device finds the beginning. */
    public long deviceStart() {
        return block.device() + start;
    }

    /** The packet's next part, null if this is the last one. */
    public NetworkBuffer next() {
        return next;
    }

    public void setNext(NetworkBuffer part) {
        next = part;
    }

    /** Bytes of data of this part and those behind it. */
    public int packetLength() {
        int sum = 0;
        for (NetworkBuffer part = this; part != null; part = part.next) {
            sum += part.length;
        }
        return sum;
    }

    /**
     * Where in the packet the bytes begin whose sum is missing, to its end; {@link #NO_CHECKSUM}.
     */
    public int checksumStart() {
        return checksumStart;
    }

    /** Where the sum belongs, from {@link #checksumStart}; the pseudo header's is there. */
    public int checksumOffset() {
        return checksumOffset;
    }

    /** The sum of the bytes from a place in the packet on is missing. */
    public void setChecksum(int newStart, int newOffset) {
        checksumStart = newStart;
        checksumOffset = newOffset;
    }

    /** Of a packet that came: its sum was found to be right, or is not needed. */
    public boolean isChecksumGood() {
        return checksumGood;
    }

    public void setChecksumGood(boolean good) {
        checksumGood = good;
    }

    public Segmentation segmentation() {
        return segmentation;
    }

    /** Bytes of payload of each segment. */
    public int segmentSize() {
        return segmentSize;
    }

    /** Bytes of all headers, which each segment gets; of a packet that came, 0: unknown. */
    public int headerLength() {
        return headerLength;
    }

    /** The packet is to be cut, or was put together. */
    public void setSegmentation(Segmentation kind, int size, int headers) {
        segmentation = kind;
        segmentSize = size;
        headerLength = headers;
    }

    /** Of a packet that is to be cut: it has CWR, which only the first segment gets (RFC 3168). */
    public boolean isCongestionReduced() {
        return congestionReduced;
    }

    public void setCongestionReduced(boolean reduced) {
        congestionReduced = reduced;
    }

    /** Whether it is neither its pool's nor a device's. */
    public boolean isUsers() {
        return holder == USER;
    }

    boolean isRetired() {
        return retired;
    }

    void retire() {
        retired = true;
    }

    boolean isHeldBy(Object who) {
        return holder == who;
    }

    /** It changes hands. */
    void pass(Object from, Object to) {
        if (holder != from) {
            throw new IllegalStateException("buffer " + index + " is somebody else's");
        }
        holder = to;
    }
}
