package dev.cortado.drivers.scsi;

import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.RingMemory;
import java.io.IOException;

/** For each command that may be under way at an adapter, memory for its sense data and its list. */
public final class ScsiSlots {
    /** Of sense data, more than units have. */
    public static final int SENSE_BYTES = 96;

    private static final int SLOT_BYTES = 128;

    private final RingMemory memory;
    private final DeviceBlock block;

    public ScsiSlots(DeviceFrames frames, RingMemory memory, int slots) throws IOException {
        this(frames, memory, slots, BuddyAllocator.NO_LIMIT);
    }

    /**
     * @param limit all addresses are below
     */
    public ScsiSlots(DeviceFrames frames, RingMemory memory, int slots, long limit)
            throws IOException {
        this.memory = memory;
        block = frames.allocate((long) slots * SLOT_BYTES, limit);
    }

    /** Where the adapter writes a slot's sense data. */
    public long senseAddress(int slot) {
        return block.deviceAddress((long) slot * SLOT_BYTES, SENSE_BYTES);
    }

    /** What the adapter has written there, of which it says how much it is. */
    public byte[] sense(int slot, long bytes) {
        byte[] sense = new byte[(int) Math.clamp(bytes, 0, SENSE_BYTES)];
        memory.copyOut(
                block.address((long) slot * SLOT_BYTES, SENSE_BYTES), sense, 0, sense.length);
        return sense;
    }

    /** Where the adapter finds a command's data, of which a list is written into the slot. */
    public long dataAddress(int slot, ScsiCommand command) {
        byte[] list = command.list();
        if (list.length == 0) {
            return command.address();
        }
        long at = (long) slot * SLOT_BYTES + SENSE_BYTES;
        memory.copyIn(list, 0, block.address(at, list.length), list.length);
        return block.deviceAddress(at, list.length);
    }
}
