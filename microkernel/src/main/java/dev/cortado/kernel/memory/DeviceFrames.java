package dev.cortado.kernel.memory;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The frames that one owner, a driver, shares with its device. All are given back at once when the
 * owner is gone, by whoever made this: only after the device was reset, since until then it may
 * write to them.
 */
public final class DeviceFrames implements AutoCloseable {
    private final FrameSource source;
    private final String owner;

    /**
     * Of each block, by its first frame's number: of addresses, the lower bits are all the same.
     */
    private final Map<Long, Integer> orders = new HashMap<>();

    private boolean closed;

    /**
     * @param owner for messages
     */
    public DeviceFrames(FrameSource source, String owner) {
        this.source = source;
        this.owner = owner;
    }

    /**
     * At least that many bytes, zeroed, at a multiple of their size rounded up to a power of two.
     *
     * @param limit all addresses that the device sees are below: 1L &lt;&lt; 32 for one that has 32
     *     bits of them, {@link BuddyAllocator#NO_LIMIT} for any
     * @throws IOException there are no such frames
     */
    public DeviceBlock allocate(long bytes, long limit) throws IOException {
        return allocate(bytes, limit, true);
    }

    /** As {@link #allocate}, but not zeroed: {@link #clear} does that, before a device sees it. */
    public DeviceBlock allocateUncleared(long bytes, long limit) throws IOException {
        return allocate(bytes, limit, false);
    }

    private synchronized DeviceBlock allocate(long bytes, long limit, boolean isCleared)
            throws IOException {
        if (closed) {
            throw new IllegalStateException(owner + " has given its frames back");
        }
        if (bytes <= 0 || bytes > Frames.SIZE << BuddyAllocator.MAX_ORDER) {
            throw new IllegalArgumentException(owner + " asks for " + bytes + " bytes of frames");
        }
        int order = Frames.orderFor(bytes);
        long physical =
                isCleared ? source.allocate(order, limit) : source.allocateUncleared(order, limit);
        if (physical == FrameSource.NONE) {
            throw new IOException(owner + ": no " + bytes + " bytes side by side for its device");
        }
        orders.put(physical >>> Frames.SHIFT, order);
        return new DeviceBlock(source.address(physical), physical, Frames.SIZE << order);
    }

    /**
     * Zeroes frames of a block of this owner's: both numbers are multiples of {@link Frames#SIZE}.
     */
    public void clear(DeviceBlock block, long offset, long length) {
        long first = block.deviceAddress(offset, length);
        for (long frame = first; frame < first + length; frame += Frames.SIZE) {
            source.clear(frame, 0);
        }
    }

    /** Gives one block back, which the device does not use any more. */
    public synchronized void free(DeviceBlock block) {
        Integer order = orders.remove(block.device() >>> Frames.SHIFT);
        if (order == null) {
            throw new IllegalArgumentException(
                    owner + " has no block at 0x" + Long.toHexString(block.device()));
        }
        source.free(block.device(), order);
    }

    /** Bytes that the owner has. */
    public synchronized long bytes() {
        long bytes = 0;
        for (int order : orders.values()) {
            bytes += Frames.SIZE << order;
        }
        return bytes;
    }

    /** Gives all back. The device was reset. */
    @Override
    public synchronized void close() {
        closed = true;
        orders.forEach((frame, order) -> source.free(frame << Frames.SHIFT, order));
        orders.clear();
    }
}
