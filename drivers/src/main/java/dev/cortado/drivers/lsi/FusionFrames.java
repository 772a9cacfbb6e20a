package dev.cortado.drivers.lsi;

import dev.cortado.drivers.pci.PciAccess;
import dev.cortado.drivers.scsi.ScsiAddress;
import dev.cortado.drivers.scsi.ScsiAnswer;
import dev.cortado.drivers.scsi.ScsiCommand;
import dev.cortado.drivers.scsi.ScsiSlots;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.RingMemory;
import java.io.IOException;

/** Frames of requests and of replies ({@code mpi_init.h}), at addresses of 32 bits. */
final class FusionFrames {
    /** {@code MSG_SCSI_IO_REQUEST} with one element of data behind it. */
    static final int REQUEST_BYTES = 60;

    /** What a reply has room for. */
    static final int REPLY_BYTES = 80;

    private static final int FRAME_BYTES = 128;
    private static final long LIMIT = 1L << Integer.SIZE;

    private static final int TARGET_ID = 0;
    private static final int CDB_LENGTH = 4;
    private static final int SENSE_BUFFER_LENGTH = 5;
    private static final int MSG_CONTEXT = 8;
    private static final int LUN = 12;
    private static final int CONTROL = 20;
    private static final int CDB = 24;
    private static final int DATA_LENGTH = 40;
    private static final int SENSE_BUFFER_LOW_ADDR = 44;
    private static final int SGL_FLAGS_LENGTH = 48;
    private static final int SGL_ADDRESS = 52;

    private static final int CONTROL_WRITE = 1 << 24;
    private static final int CONTROL_READ = 2 << 24;

    /** MPI_SGE_FLAGS: the only element, with an address of 64 bits. */
    private static final int SGE_ONLY = (0x80 | 0x40 | 0x10 | 0x02 | 0x01) << 24;

    private static final int SGE_HOST_TO_IOC = 0x04 << 24;

    /** {@code MSG_SCSI_IO_REPLY}. */
    private static final int FUNCTION = 3;

    private static final int FUNCTION_SCSI_IO_REQUEST = 0;
    private static final int SCSI_STATUS = 12;
    private static final int SCSI_STATE = 13;
    private static final int IOC_STATUS = 14;
    private static final int SENSE_COUNT = 24;

    private static final int STATE_AUTOSENSE_VALID = 1;
    private static final int STATE_NO_SCSI_STATUS = 1 << 2;
    private static final int STATE_TERMINATED = 1 << 3;

    /** MPI_IOCSTATUS. */
    private static final int IOCSTATUS_MASK = 0x7fff;

    private static final int IOCSTATUS_SUCCESS = 0x00;
    private static final int IOCSTATUS_BUSY = 0x02;
    private static final int IOCSTATUS_SCSI_RECOVERED_ERROR = 0x40;
    private static final int IOCSTATUS_SCSI_INVALID_BUS = 0x41;
    private static final int IOCSTATUS_SCSI_INVALID_TARGETID = 0x42;
    private static final int IOCSTATUS_SCSI_DEVICE_NOT_THERE = 0x43;
    private static final int IOCSTATUS_SCSI_DATA_OVERRUN = 0x44;
    private static final int IOCSTATUS_SCSI_DATA_UNDERRUN = 0x45;
    private static final int IOCSTATUS_SCSI_TASK_TERMINATED = 0x48;
    private static final int IOCSTATUS_SCSI_IOC_TERMINATED = 0x4b;
    private static final int IOCSTATUS_SCSI_EXT_TERMINATED = 0x4c;

    private final RingMemory memory;
    private final ScsiSlots slots;
    private final DeviceBlock requests;
    private final DeviceBlock replies;
    private final int replyCount;

    FusionFrames(PciAccess access, int requestCount, int replyCount) throws IOException {
        memory = access.memory();
        slots = new ScsiSlots(access.frames(), memory, requestCount, LIMIT);
        requests = access.frames().allocate((long) requestCount * FRAME_BYTES, LIMIT);
        replies = access.frames().allocate((long) replyCount * FRAME_BYTES, LIMIT);
        this.replyCount = replyCount;
    }

    /** Writes a request; returns its frame's address. */
    long write(int slot, ScsiAddress address, ScsiCommand command) {
        long offset = (long) slot * FRAME_BYTES;
        long at = requests.address(offset, FRAME_BYTES);
        for (int i = 0; i < FRAME_BYTES; i += Long.BYTES) {
            memory.writeLong(at + i, 0);
        }
        int length = command.length();
        memory.writeByte(at + TARGET_ID, (byte) address.target());
        memory.writeByte(at + CDB_LENGTH, (byte) command.block().length);
        memory.writeByte(at + SENSE_BUFFER_LENGTH, (byte) ScsiSlots.SENSE_BYTES);
        memory.writeIntRelease(at + MSG_CONTEXT, slot);
        memory.writeByte(at + LUN, (byte) address.upperByte());
        memory.writeByte(at + LUN + 1, (byte) address.lowerByte());
        int direction = command.isWrite() ? CONTROL_WRITE : CONTROL_READ;
        memory.writeIntRelease(at + CONTROL, length == 0 ? 0 : direction);
        memory.copyIn(command.block(), 0, at + CDB, command.block().length);
        memory.writeIntRelease(at + DATA_LENGTH, length);
        memory.writeIntRelease(at + SENSE_BUFFER_LOW_ADDR, (int) slots.senseAddress(slot));
        int way = command.isWrite() && length > 0 ? SGE_HOST_TO_IOC : 0;
        memory.writeIntRelease(at + SGL_FLAGS_LENGTH, SGE_ONLY | way | length);
        long data = slots.dataAddress(slot, command);
        memory.writeIntRelease(at + SGL_ADDRESS, (int) data);
        memory.writeIntRelease(at + SGL_ADDRESS + Integer.BYTES, (int) (data >>> Integer.SIZE));
        memory.fullFence();
        return requests.deviceAddress(offset, FRAME_BYTES);
    }

    int replyCount() {
        return replyCount;
    }

    long replyAddress(int number) {
        return replies.deviceAddress((long) number * FRAME_BYTES, FRAME_BYTES);
    }

    /** The number of the frame at an address, of which the adapter gives 32 bits; or -1. */
    int replyAt(int address) {
        long offset = Integer.toUnsignedLong(address) - replies.device();
        boolean isFrame = offset >= 0 && offset % FRAME_BYTES == 0;
        return isFrame && offset / FRAME_BYTES < replyCount ? (int) (offset / FRAME_BYTES) : -1;
    }

    /** Whether a reply is about a command. */
    boolean isOfCommand(int reply) {
        return memory.readByte(reply(reply) + FUNCTION) == FUNCTION_SCSI_IO_REQUEST;
    }

    /** The slot that a reply is about, as the adapter says: any number. */
    int slot(int reply) {
        return memory.readIntAcquire(reply(reply) + MSG_CONTEXT);
    }

    private long reply(int number) {
        return replies.address((long) number * FRAME_BYTES, FRAME_BYTES);
    }

    /** What a reply says of a slot's command. */
    ScsiAnswer answer(int reply, int slot) {
        long at = reply(reply);
        int status = memory.readShortAcquire(at + IOC_STATUS) & IOCSTATUS_MASK;
        int state = memory.readByte(at + SCSI_STATE);
        return switch (status) {
            case IOCSTATUS_SUCCESS, IOCSTATUS_SCSI_RECOVERED_ERROR ->
                    delivered(ScsiAnswer.Delivery.DONE, status, state, at, slot);
            case IOCSTATUS_SCSI_DATA_OVERRUN, IOCSTATUS_SCSI_DATA_UNDERRUN ->
                    delivered(ScsiAnswer.Delivery.SHORT, status, state, at, slot);
            case IOCSTATUS_SCSI_INVALID_BUS,
                    IOCSTATUS_SCSI_INVALID_TARGETID,
                    IOCSTATUS_SCSI_DEVICE_NOT_THERE ->
                    ScsiAnswer.undelivered(ScsiAnswer.Delivery.ABSENT, status);
            case IOCSTATUS_BUSY,
                    IOCSTATUS_SCSI_TASK_TERMINATED,
                    IOCSTATUS_SCSI_IOC_TERMINATED,
                    IOCSTATUS_SCSI_EXT_TERMINATED ->
                    ScsiAnswer.undelivered(ScsiAnswer.Delivery.AGAIN, status);
            default -> ScsiAnswer.undelivered(ScsiAnswer.Delivery.FAILED, status);
        };
    }

    private ScsiAnswer delivered(
            ScsiAnswer.Delivery how, int status, int state, long at, int slot) {
        if ((state & (STATE_NO_SCSI_STATUS | STATE_TERMINATED)) != 0) {
            return ScsiAnswer.undelivered(ScsiAnswer.Delivery.AGAIN, status);
        }
        boolean hasSense = (state & STATE_AUTOSENSE_VALID) != 0;
        long senseBytes = Integer.toUnsignedLong(memory.readIntAcquire(at + SENSE_COUNT));
        return new ScsiAnswer(
                how,
                status,
                memory.readByte(at + SCSI_STATUS) & 0xff,
                slots.sense(slot, hasSense ? senseBytes : 0));
    }
}
