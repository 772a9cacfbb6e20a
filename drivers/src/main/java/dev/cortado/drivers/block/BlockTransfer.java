package dev.cortado.drivers.block;

import dev.cortado.kernel.memory.DeviceBlock;
import java.io.IOException;

/** One of the transfers that a device makes together, and how it has ended. */
public final class BlockTransfer {
    private final boolean isWrite;
    private final long position;
    private final DeviceBlock buffer;
    private final long offset;
    private final int length;
    private Exception failure;

    private BlockTransfer(
            boolean isWrite, long position, DeviceBlock buffer, long offset, int length) {
        this.isWrite = isWrite;
        this.position = position;
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
    }

    /** As {@link BlockDevice#read}. */
    public static BlockTransfer read(long position, DeviceBlock buffer, long offset, int length) {
        return new BlockTransfer(false, position, buffer, offset, length);
    }

    /** As {@link BlockDevice#write}. */
    public static BlockTransfer write(long position, DeviceBlock buffer, long offset, int length) {
        return new BlockTransfer(true, position, buffer, offset, length);
    }

    public boolean isWrite() {
        return isWrite;
    }

    public long position() {
        return position;
    }

    public DeviceBlock buffer() {
        return buffer;
    }

    public long offset() {
        return offset;
    }

    public int length() {
        return length;
    }

    /** Makes it alone. */
    public void run(BlockDevice device) {
        try {
            if (isWrite) {
                device.write(position, buffer, offset, length);
            } else {
                device.read(position, buffer, offset, length);
            }
            failure = null;
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
    }

    /**
     * It has ended.
     *
     * @param why as {@link #failure}
     */
    public void end(Exception why) {
        failure = why;
    }

    /**
     * What {@link BlockDevice#read} or {@link BlockDevice#write} would have thrown; null if it was
     * made.
     */
    public Exception failure() {
        return failure;
    }
}
