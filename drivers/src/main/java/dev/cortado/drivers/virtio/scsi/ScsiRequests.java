package dev.cortado.drivers.virtio.scsi;

import dev.cortado.drivers.scsi.ScsiAddress;
import dev.cortado.drivers.scsi.ScsiAnswer;
import dev.cortado.drivers.scsi.ScsiCommand;
import dev.cortado.drivers.scsi.ScsiSlots;
import dev.cortado.drivers.virtio.queue.BufferChain;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.RingMemory;
import java.io.IOException;

/** Requests and responses (5.6.6.1) of all commands that may be under way. */
final class ScsiRequests {
    /** Buffers of a request at most: what is asked, data either way, what is answered. */
    static final int BUFFERS = 3;

    private static final int SLOT_BYTES = 256;

    /** {@code struct virtio_scsi_req_cmd}, behind a number of 8 bytes, its identifier. */
    private static final int LUN = 0;

    private static final int IDENTIFIER = 8;
    private static final int CDB = 19;
    private static final int REQUEST_BYTES = CDB + 32;

    /** A number's first byte, for the only bus; and how its third one begins (5.6.6.1). */
    private static final int LUN_BUS = 1;

    private static final int LUN_FLAT = 1 << 6;

    /** Its response. */
    private static final int RESPONSE = 64;

    private static final int SENSE_LEN = 0;
    private static final int RESIDUAL = 4;
    private static final int STATUS = 10;
    private static final int CODE = 11;
    private static final int SENSE = 12;
    private static final int RESPONSE_BYTES = SENSE + ScsiSlots.SENSE_BYTES;

    /** Codes of responses. */
    private static final int S_OK = 0;

    private static final int S_OVERRUN = 1;
    private static final int S_ABORTED = 2;
    private static final int S_BAD_TARGET = 3;
    private static final int S_RESET = 4;
    private static final int S_BUSY = 5;
    private static final int S_INCORRECT_LUN = 12;

    /** What stands there until the device writes. */
    private static final int NO_CODE = 0xff;

    private final RingMemory memory;
    private final DeviceBlock block;
    private final ScsiSlots slots;

    ScsiRequests(VirtioDevice device, int count) throws IOException {
        memory = device.memory();
        block = device.frames().allocate((long) count * SLOT_BYTES, BuddyAllocator.NO_LIMIT);
        slots = new ScsiSlots(device.frames(), memory, count);
    }

    /** Writes a request, and makes its chain. */
    void build(int slot, BufferChain chain, ScsiAddress address, ScsiCommand command) {
        long offset = (long) slot * SLOT_BYTES;
        long at = block.address(offset, SLOT_BYTES);
        for (int i = 0; i < SLOT_BYTES; i += Long.BYTES) {
            memory.writeLong(at + i, 0);
        }
        memory.writeByte(at + LUN, (byte) LUN_BUS);
        memory.writeByte(at + LUN + 1, (byte) address.target());
        memory.writeByte(at + LUN + 2, (byte) (address.upperByte() | LUN_FLAT));
        memory.writeByte(at + LUN + 3, (byte) address.lowerByte());
        memory.writeLong(at + IDENTIFIER, slot);
        memory.copyIn(command.block(), 0, at + CDB, command.block().length);
        memory.writeByte(at + RESPONSE + CODE, (byte) NO_CODE);
        chain.clear().out(block.deviceAddress(offset, REQUEST_BYTES), REQUEST_BYTES);
        if (command.isWrite() && command.length() > 0) {
            chain.out(slots.dataAddress(slot, command), command.length());
        }
        chain.in(block.deviceAddress(offset + RESPONSE, RESPONSE_BYTES), RESPONSE_BYTES);
        if (!command.isWrite() && command.length() > 0) {
            chain.in(slots.dataAddress(slot, command), command.length());
        }
    }

    /** What the device has answered. */
    ScsiAnswer answer(int slot) {
        long at = block.address((long) slot * SLOT_BYTES + RESPONSE, RESPONSE_BYTES);
        int code = memory.readByte(at + CODE) & 0xff;
        return switch (code) {
            case S_OK -> {
                boolean isShort = memory.readIntAcquire(at + RESIDUAL) != 0;
                yield delivered(
                        isShort ? ScsiAnswer.Delivery.SHORT : ScsiAnswer.Delivery.DONE, code, at);
            }
            case S_OVERRUN -> delivered(ScsiAnswer.Delivery.SHORT, code, at);
            case S_BAD_TARGET, S_INCORRECT_LUN ->
                    ScsiAnswer.undelivered(ScsiAnswer.Delivery.ABSENT, code);
            case S_ABORTED, S_RESET, S_BUSY ->
                    ScsiAnswer.undelivered(ScsiAnswer.Delivery.AGAIN, code);
            default -> ScsiAnswer.undelivered(ScsiAnswer.Delivery.FAILED, code);
        };
    }

    private ScsiAnswer delivered(ScsiAnswer.Delivery how, int code, long at) {
        long bytes = Integer.toUnsignedLong(memory.readIntAcquire(at + SENSE_LEN));
        byte[] sense = new byte[(int) Math.min(bytes, ScsiSlots.SENSE_BYTES)];
        memory.copyOut(at + SENSE, sense, 0, sense.length);
        return new ScsiAnswer(how, code, memory.readByte(at + STATUS) & 0xff, sense);
    }
}
