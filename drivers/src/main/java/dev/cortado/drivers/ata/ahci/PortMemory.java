package dev.cortado.drivers.ata.ahci;

import dev.cortado.drivers.ata.AtaCommand;
import dev.cortado.drivers.pci.PciAccess;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.RingMemory;
import java.io.IOException;
import java.util.Arrays;

/**
 * What a port and its driver share (4.2): the command list, room for what the disk sends of itself,
 * and for each slot a command table and data of the driver's own.
 */
final class PortMemory {
    static final int SLOTS = 32;

    /** Of data of the driver's own. */
    static final int DATA_BYTES = 512;

    private static final int HEADER_BYTES = 32;
    private static final int RECEIVED = SLOTS * HEADER_BYTES;
    private static final int TABLES = 4096;

    /** Of a slot's table, and its data behind that. */
    private static final int SLOT_BYTES = 1024;

    private static final int DATA = 512;
    private static final int BYTES = TABLES + SLOTS * SLOT_BYTES;

    /** Of a command header (4.2.2). */
    private static final int CFL_DWORDS = 5;

    private static final int PACKET = 1 << 5;
    private static final int WRITE = 1 << 6;
    private static final int PRDTL_SHIFT = 16;
    private static final int TABLE_ADDRESS = 8;

    /** Of a command table (4.2.3): a packet of 12 or 16 bytes, and the regions. */
    private static final int PACKET_AT = 0x40;

    private static final int PACKET_BYTES = 16;
    private static final int REGIONS = 0x80;

    /** Bytes of a region at most. */
    static final int MOST_BYTES = 1 << 22;

    /** A FIS "register, host to device" (Serial ATA 3.0, 10.3.4), to change the command. */
    private static final int FIS_HOST_TO_DEVICE = 0x27;

    private static final int FIS_COMMAND = 1 << 7;

    private static final int TAG_SHIFT = 3;

    private final RingMemory memory;
    private final DeviceBlock block;

    /**
     * @param limit all addresses are below
     */
    PortMemory(PciAccess access, long limit) throws IOException {
        memory = access.memory();
        block = access.frames().allocate(BYTES, limit);
    }

    RingMemory memory() {
        return memory;
    }

    long listAddress() {
        return block.deviceAddress(0, RECEIVED);
    }

    long receivedAddress() {
        return block.deviceAddress(RECEIVED, 256);
    }

    private static long table(int slot) {
        return TABLES + (long) slot * SLOT_BYTES;
    }

    /** Where the controller finds a slot's own data. */
    long dataDeviceAddress(int slot) {
        return block.deviceAddress(table(slot) + DATA, DATA_BYTES);
    }

    /** Where the program does. */
    long dataAddress(int slot) {
        return block.address(table(slot) + DATA, DATA_BYTES);
    }

    /** Writes a command into a slot. */
    void write(int slot, AtaCommand command, boolean isQueued) {
        long table = block.address(table(slot), SLOT_BYTES);
        long lower = command.block();
        long device = AtaCommand.DEVICE_LBA;
        int code = command.code();
        int count = command.blocks();
        int features = command.features();
        if (isQueued) {
            code = command.isWrite() ? AtaCommand.WRITE_FPDMA_QUEUED : AtaCommand.READ_FPDMA_QUEUED;
            features = count;
            count = slot << TAG_SHIFT;
        } else if (!command.isLong()) {
            device |= lower >>> 24 & 0xf; // 28 bits of the address
        }
        memory.writeLong(
                table,
                FIS_HOST_TO_DEVICE
                        | FIS_COMMAND << 8
                        | code << 16
                        | (features & 0xffL) << 24
                        | (lower & 0xff_ffff) << 32
                        | device << 56);
        boolean hasUpper = isQueued || command.isLong();
        memory.writeLong(
                table + 8,
                (hasUpper ? lower >>> 24 & 0xff_ffff : 0)
                        | (features >>> 8 & 0xffL) << 24
                        | (count & 0xffffL) << 32);
        memory.writeLong(table + 16, 0);
        boolean isPacket = command.packet().length > 0;
        if (isPacket) {
            byte[] packet = Arrays.copyOf(command.packet(), PACKET_BYTES);
            memory.copyIn(packet, 0, table + PACKET_AT, PACKET_BYTES);
        }
        int regions = command.bytes() > 0 ? 1 : 0;
        if (regions > 0) {
            memory.writeLong(table + REGIONS, command.address());
            memory.writeLong(
                    table + REGIONS + Long.BYTES, (long) (command.bytes() - 1) << Integer.SIZE);
        }
        long header = block.address((long) slot * HEADER_BYTES, HEADER_BYTES);
        int flags = CFL_DWORDS | (command.isWrite() ? WRITE : 0) | regions << PRDTL_SHIFT;
        flags |= isPacket ? PACKET : 0;
        memory.writeLong(header, flags); // and no bytes transferred yet
        memory.writeLong(header + TABLE_ADDRESS, block.deviceAddress(table(slot), SLOT_BYTES));
        memory.writeLong(header + 16, 0);
        memory.writeLong(header + 24, 0);
        memory.fullFence();
    }

    /** Bytes that the controller says it has transferred for a slot that is not queued. */
    int transferred(int slot) {
        return memory.readIntAcquire(block.address((long) slot * HEADER_BYTES, HEADER_BYTES) + 4);
    }
}
