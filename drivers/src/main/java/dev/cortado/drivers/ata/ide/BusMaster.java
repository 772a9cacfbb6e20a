package dev.cortado.drivers.ata.ide;

import dev.cortado.drivers.pci.PciAccess;
import dev.cortado.drivers.register.Registers;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.RingMemory;
import java.io.IOException;

/**
 * A channel's DMA ("Programming Interface for Bus Master IDE Controller", 1.2 and 2): a table of
 * regions, of which none crosses a border of 64 KiB.
 */
final class BusMaster {
    /** All addresses are below. */
    static final long ADDRESS_LIMIT = 1L << Integer.SIZE;

    static final int MOST_BYTES = 1 << 20;

    /** Of a channel's registers. */
    static final int PORTS = 8;

    private static final int COMMAND = 0;
    private static final int STATUS = 2;
    private static final int TABLE = 4;

    private static final int COMMAND_START = 1;
    private static final int COMMAND_TO_MEMORY = 1 << 3;

    private static final int STATUS_ACTIVE = 1;
    private static final int STATUS_ERROR = 1 << 1;
    private static final int STATUS_INTERRUPT = 1 << 2;

    /** Which drives have DMA, in the firmware's opinion: these bits are kept. */
    private static final int STATUS_KEPT = 0b11 << 5;

    private static final int REGION_BYTES = 1 << 16;
    private static final int ENTRY_BYTES = 8;
    private static final long LAST = 1L << 63;

    private final Registers registers;
    private final RingMemory memory;
    private final DeviceBlock table;

    BusMaster(PciAccess access, Registers registers) throws IOException {
        this.registers = registers;
        memory = access.memory();
        int entries = MOST_BYTES / REGION_BYTES + 1;
        table = access.frames().allocate(entries * ENTRY_BYTES, ADDRESS_LIMIT);
    }

    /** Makes ready for a command's data. */
    void prepare(long address, int bytes, boolean isWrite) {
        long next = address;
        long left = bytes;
        for (long at = table.address(0, table.bytes()); left > 0; at += ENTRY_BYTES) {
            long room = REGION_BYTES - (next & REGION_BYTES - 1);
            long region = Math.min(left, room);
            left -= region;
            // 64 KiB are written as 0.
            long count = region & REGION_BYTES - 1;
            memory.writeLong(at, next | count << Integer.SIZE | (left == 0 ? LAST : 0));
            next += region;
        }
        memory.fullFence();
        registers.write32(TABLE, (int) table.device());
        registers.write8(COMMAND, isWrite ? 0 : COMMAND_TO_MEMORY);
        clear();
    }

    /** Moves the data of a command that the drive has got. */
    void start(boolean isWrite) {
        registers.write8(COMMAND, COMMAND_START | (isWrite ? 0 : COMMAND_TO_MEMORY));
    }

    /** Moves nothing any more. */
    void stop() {
        registers.write8(COMMAND, 0);
    }

    /** Whether the drive has interrupted since {@link #clear}. */
    boolean hasInterrupted() {
        return (registers.read8(STATUS) & STATUS_INTERRUPT) != 0;
    }

    /** Whether the drive has moved less than there is room for (1.2). */
    boolean hasRoom() {
        return (registers.read8(STATUS) & STATUS_ACTIVE) != 0;
    }

    boolean hasFailed() {
        return (registers.read8(STATUS) & STATUS_ERROR) != 0;
    }

    void clear() {
        int kept = registers.read8(STATUS) & STATUS_KEPT;
        registers.write8(STATUS, kept | STATUS_ERROR | STATUS_INTERRUPT);
    }
}
