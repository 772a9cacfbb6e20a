package dev.cortado.drivers.virtio.block;

import dev.cortado.kernel.memory.DeviceBlock;

/**
 * What a device is asked for, and what it has answered. Guarded by the lock of its queue until it
 * is {@linkplain #isAnswered answered}, or the device was reset.
 */
final class BlockRequest {
    private final int type;
    private final long position;
    private final DeviceBlock buffer;
    private final long offset;
    private final long length;
    private boolean answered;
    private int status;
    private long written;
    private String identifier;

    /**
     * @param type as {@link BlockSlots} has them
     * @param position in bytes
     * @param buffer null for one without data
     * @param length bytes of the buffer, or of the range
     */
    BlockRequest(int type, long position, DeviceBlock buffer, long offset, long length) {
        this.type = type;
        this.position = position;
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
    }

    int type() {
        return type;
    }

    long position() {
        return position;
    }

    DeviceBlock buffer() {
        return buffer;
    }

    long offset() {
        return offset;
    }

    long length() {
        return length;
    }

    boolean isAnswered() {
        return answered;
    }

    /**
     * @param deviceWritten how many bytes the device says that it has written
     * @param name for one that asks for it
     */
    void answer(int deviceStatus, long deviceWritten, String name) {
        status = deviceStatus;
        written = deviceWritten;
        identifier = name;
        answered = true;
    }

    int status() {
        return status;
    }

    long written() {
        return written;
    }

    String identifier() {
        return identifier;
    }
}
