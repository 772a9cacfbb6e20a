package dev.cortado.drivers.virtio.block;

import dev.cortado.drivers.virtio.queue.BufferChain;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.RingMemory;

/**
 * The parts of requests that are not data (VIRTIO 1.2, 5.2.6), of each that may be under way: a
 * header, which the device reads, a range of sectors, and a status and an identifier, which it
 * writes. Each request's are in a cache line of their own.
 */
final class BlockSlots {
    /** Types of requests. */
    static final int TYPE_IN = 0;

    static final int TYPE_OUT = 1;
    static final int TYPE_FLUSH = 4;
    static final int TYPE_GET_ID = 8;
    static final int TYPE_DISCARD = 11;
    static final int TYPE_WRITE_ZEROES = 13;

    /** Status of a request. */
    static final int STATUS_OK = 0;

    static final int STATUS_IO_ERROR = 1;
    static final int STATUS_UNSUPPORTED = 2;

    /** What stands there until the device writes. */
    private static final int NO_STATUS = 0xff;

    private static final int SLOT_BYTES = 64;

    /** struct virtio_blk_req: type, reserved, sector. */
    private static final int TYPE = 0;

    private static final int SECTOR = 8;
    private static final int HEADER_BYTES = 16;

    /** struct virtio_blk_discard_write_zeroes: sector, number of sectors, flags. */
    private static final int RANGE = 16;

    private static final int RANGE_SECTORS = 8;
    private static final int RANGE_FLAGS_SHIFT = 32;

    /** Flag of a range of zeros: the device need not keep them. */
    private static final long UNMAP = 1;

    private static final int RANGE_BYTES = 16;

    private static final int STATUS = 32;

    /** 5.2.6: a text with a zero behind it, unless it fills its room. */
    private static final int IDENTIFIER = 40;

    static final int IDENTIFIER_BYTES = 20;

    private final RingMemory memory;
    private final DeviceBlock block;

    /**
     * @param block {@link #bytes} or more
     */
    BlockSlots(RingMemory memory, DeviceBlock block) {
        this.memory = memory;
        this.block = block;
    }

    static int bytes(int slots) {
        return slots * SLOT_BYTES;
    }

    /** Begins a request's chain. */
    void begin(int slot, BufferChain chain, int type, long sector) {
        long header = address(slot);
        memory.writeLong(header + TYPE, type);
        memory.writeLong(header + SECTOR, sector);
        memory.writeByte(header + STATUS, (byte) NO_STATUS);
        chain.clear().out(block.deviceAddress(offset(slot), HEADER_BYTES), HEADER_BYTES);
    }

    /**
     * Adds a range to discard, or to write zeros to.
     *
     * @param sectors of 32 bits
     * @param isUnmapped never when it is discarded
     */
    void range(int slot, BufferChain chain, long sector, long sectors, boolean isUnmapped) {
        long range = address(slot) + RANGE;
        memory.writeLong(range, sector);
        long flags = isUnmapped ? UNMAP : 0;
        memory.writeLong(range + RANGE_SECTORS, sectors | flags << RANGE_FLAGS_SHIFT);
        chain.out(block.deviceAddress(offset(slot) + RANGE, RANGE_BYTES), RANGE_BYTES);
    }

    /** Adds room for the device's identifier. */
    void identifier(int slot, BufferChain chain) {
        for (int i = 0; i < IDENTIFIER_BYTES; i++) {
            memory.writeByte(address(slot) + IDENTIFIER + i, (byte) 0);
        }
        chain.in(
                block.deviceAddress(offset(slot) + IDENTIFIER, IDENTIFIER_BYTES), IDENTIFIER_BYTES);
    }

    /** What the device has written there: as much of it as is text. */
    String identifier(int slot) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < IDENTIFIER_BYTES; i++) {
            byte character = memory.readByte(address(slot) + IDENTIFIER + i);
            if (character < ' ' || character == 0x7f) {
                break;
            }
            text.append((char) character);
        }
        return text.toString().strip();
    }

    /** Ends the chain. */
    void end(int slot, BufferChain chain) {
        chain.in(block.deviceAddress(offset(slot) + STATUS, 1), 1);
    }

    /** What the device said. */
    int status(int slot) {
        return memory.readByte(address(slot) + STATUS) & 0xff;
    }

    private long address(int slot) {
        return block.address(offset(slot), SLOT_BYTES);
    }

    private static long offset(int slot) {
        return (long) slot * SLOT_BYTES;
    }
}
