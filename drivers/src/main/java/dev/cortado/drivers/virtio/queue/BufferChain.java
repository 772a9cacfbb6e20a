package dev.cortado.drivers.virtio.queue;

/**
 * Buffers that belong together, as the device finds them: first those that it reads, then those
 * that it writes (VIRTIO 1.2, 2.6.4.2). Made once, filled again for each request.
 */
public final class BufferChain {
    private final long[] addresses;
    private final int[] lengths;
    private int readable;
    private int count;
    private long writableBytes;

    /**
     * @param capacity buffers
     */
    public BufferChain(int capacity) {
        addresses = new long[capacity];
        lengths = new int[capacity];
    }

    /** No buffers any more. */
    public BufferChain clear() {
        readable = 0;
        count = 0;
        writableBytes = 0;
        return this;
    }

    /** A buffer that the device reads. */
    public BufferChain out(long deviceAddress, int length) {
        if (readable != count) {
            throw new IllegalStateException("behind a buffer that the device writes");
        }
        add(deviceAddress, length);
        readable++;
        return this;
    }

    /** A buffer that the device writes. */
    public BufferChain in(long deviceAddress, int length) {
        add(deviceAddress, length);
        writableBytes += length;
        return this;
    }

    private void add(long address, int length) {
        if (length <= 0) {
            throw new IllegalArgumentException("a buffer of " + length + " bytes");
        }
        if (count == addresses.length) {
            throw new IllegalStateException("more than " + count + " buffers");
        }
        addresses[count] = address;
        lengths[count] = length;
        count++;
    }

    public int count() {
        return count;
    }

    /** Bytes that the device may write. */
    public long writableBytes() {
        return writableBytes;
    }

    long address(int index) {
        return addresses[index];
    }

    int length(int index) {
        return lengths[index];
    }

    boolean isWritable(int index) {
        return index >= readable;
    }
}
