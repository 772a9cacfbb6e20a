package dev.cortado.drivers.vmware.pvscsi;

import dev.cortado.drivers.pci.PciAccess;
import dev.cortado.drivers.scsi.ScsiAddress;
import dev.cortado.drivers.scsi.ScsiCommand;
import dev.cortado.drivers.scsi.ScsiSlots;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.RingMemory;
import java.io.IOException;

/**
 * A page of requests, one of completions, and one with the indices of both, which are counted on
 * for ever. Our own indices are kept here: what stands in memory, the adapter may have changed.
 */
final class PvscsiRings {
    /** Of a request, 128 bytes each: fewer than completions, which are therefore never full. */
    static final int REQUESTS = 32;

    private static final int COMPLETIONS = 128;

    /** {@code struct PVSCSIRingsState}. */
    private static final int REQ_PROD_IDX = 0;

    private static final int CMP_PROD_IDX = 12;
    private static final int CMP_CONS_IDX = 16;

    /** {@code struct PVSCSIRingReqDesc}. */
    private static final int REQUEST_BYTES = 128;

    private static final int CONTEXT = 0;
    private static final int DATA_ADDR = 8;
    private static final int DATA_LEN = 16;
    private static final int SENSE_ADDR = 24;
    private static final int SENSE_LEN = 32;
    private static final int FLAGS = 36;
    private static final int CDB = 40;
    private static final int CDB_LEN = 56;
    private static final int LUN = 57;
    private static final int TAG = 65;
    private static final int TARGET = 67;

    private static final int FLAG_DIR_NONE = 1 << 2;
    private static final int FLAG_DIR_TOHOST = 1 << 3;
    private static final int FLAG_DIR_TODEVICE = 1 << 4;

    /** {@code MSG_SIMPLE_TAG} of SCSI's messages. */
    private static final int SIMPLE_TAG = 0x20;

    /** {@code struct PVSCSIRingCmpDesc}. */
    private static final int COMPLETION_BYTES = 32;

    private static final int CMP_SENSE_LEN = 16;
    private static final int CMP_HOST_STATUS = 20;
    private static final int CMP_SCSI_STATUS = 22;

    private final String name;
    private final RingMemory memory;
    private final ScsiSlots slots;
    private final DeviceBlock state;
    private final DeviceBlock requests;
    private final DeviceBlock completions;
    private int produced;
    private int consumed;

    PvscsiRings(PciAccess access, ScsiSlots slots) throws IOException {
        name = access.name();
        memory = access.memory();
        this.slots = slots;
        state = page(access);
        requests = page(access);
        completions = page(access);
    }

    private static DeviceBlock page(PciAccess access) throws IOException {
        return access.frames().allocate(Frames.SIZE, BuddyAllocator.NO_LIMIT);
    }

    long stateAddress() {
        return state.device();
    }

    long requestsAddress() {
        return requests.device();
    }

    long completionsAddress() {
        return completions.device();
    }

    /** Adds a request; a slot has one at a time, and there are no more slots than requests. */
    void add(int slot, ScsiAddress address, ScsiCommand command) {
        long offset = (long) (produced & REQUESTS - 1) * REQUEST_BYTES;
        long at = requests.address(offset, REQUEST_BYTES);
        for (int i = 0; i < REQUEST_BYTES; i += Long.BYTES) {
            memory.writeLong(at + i, 0);
        }
        memory.writeLong(at + CONTEXT, slot + 1);
        memory.writeLong(at + DATA_ADDR, slots.dataAddress(slot, command));
        memory.writeLong(at + DATA_LEN, command.length());
        memory.writeLong(at + SENSE_ADDR, slots.senseAddress(slot));
        memory.writeIntRelease(at + SENSE_LEN, ScsiSlots.SENSE_BYTES);
        memory.writeIntRelease(at + FLAGS, direction(command));
        memory.copyIn(command.block(), 0, at + CDB, command.block().length);
        memory.writeByte(at + CDB_LEN, (byte) command.block().length);
        memory.writeByte(at + LUN, (byte) address.upperByte());
        memory.writeByte(at + LUN + 1, (byte) address.lowerByte());
        memory.writeByte(at + TAG, (byte) SIMPLE_TAG);
        memory.writeByte(at + TARGET, (byte) address.target());
        produced++;
        memory.writeIntRelease(state.address(REQ_PROD_IDX, Integer.BYTES), produced);
        memory.fullFence();
    }

    private static int direction(ScsiCommand command) {
        if (command.length() == 0) {
            return FLAG_DIR_NONE;
        }
        return command.isWrite() ? FLAG_DIR_TODEVICE : FLAG_DIR_TOHOST;
    }

    /**
     * A completion.
     *
     * @param slot that it is about, as the adapter says: any number
     */
    record Completion(int slot, int hostStatus, int scsiStatus, int senseBytes) {}

    /**
     * The next completion, or null.
     *
     * @throws IOException the adapter says that there are more than there can be
     */
    Completion take() throws IOException {
        int ready = memory.readIntAcquire(state.address(CMP_PROD_IDX, Integer.BYTES)) - consumed;
        if (ready == 0) {
            return null;
        }
        if (ready < 0 || ready > COMPLETIONS) {
            throw new IOException(
                    name + ": " + Integer.toUnsignedString(ready) + " completions in its ring");
        }
        long offset = (long) (consumed & COMPLETIONS - 1) * COMPLETION_BYTES;
        long at = completions.address(offset, COMPLETION_BYTES);
        long context = memory.readLong(at);
        Completion completion =
                new Completion(
                        context > 0 && context <= REQUESTS ? (int) context - 1 : -1,
                        memory.readShortAcquire(at + CMP_HOST_STATUS),
                        memory.readShortAcquire(at + CMP_SCSI_STATUS),
                        memory.readIntAcquire(at + CMP_SENSE_LEN));
        consumed++;
        memory.writeIntRelease(state.address(CMP_CONS_IDX, Integer.BYTES), consumed);
        return completion;
    }
}
