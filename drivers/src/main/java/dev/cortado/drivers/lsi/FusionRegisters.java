package dev.cortado.drivers.lsi;

import dev.cortado.drivers.pci.PciAccess;
import dev.cortado.drivers.register.Registers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** An adapter's system interface registers, its states, and messages through its doorbell. */
final class FusionRegisters {
    private static final int BASE = 1;

    private static final int DOORBELL = 0x00;
    private static final int HOST_INTERRUPT_STATUS = 0x30;
    private static final int HOST_INTERRUPT_MASK = 0x34;
    private static final int REQUEST_QUEUE = 0x40;
    private static final int REPLY_QUEUE = 0x44;
    private static final int BYTES = 0x48;

    /** MPI_IOC_STATE. */
    private static final int STATE_SHIFT = 28;

    private static final int STATE_READY = 1;
    private static final int STATE_OPERATIONAL = 2;

    /** MPI_DOORBELL. */
    private static final int DOORBELL_USED = 1 << 27;

    private static final int DOORBELL_DATA = 0xffff;
    private static final int FUNCTION_SHIFT = 24;
    private static final int FUNCTION_IOC_MESSAGE_UNIT_RESET = 0x40;
    private static final int FUNCTION_HANDSHAKE = 0x42;
    private static final int ADD_DWORDS_SHIFT = 16;

    /** MPI_HIS. */
    private static final int HIS_DOORBELL_INTERRUPT = 1;

    private static final int HIS_IOP_DOORBELL_STATUS = 1 << 31;

    /** MPI_HIM: what does not interrupt. */
    private static final int HIM_DIM = 1;

    private static final int HIM_RIM = 1 << 3;

    /** What {@link #REPLY_QUEUE} reads as without a reply. */
    static final int NO_REPLY = -1;

    /** Milliseconds: for an acknowledgement, and for a change of state or an answer. */
    private static final int ACKNOWLEDGEMENT = 5000;

    private static final int CHANGE = 30_000;

    /** Of a reply: its third byte is its length in dwords. */
    private static final int MESSAGE_LENGTH = 2;

    private final PciAccess access;
    private final Registers registers;

    FusionRegisters(PciAccess access) throws IOException {
        this.access = access;
        registers = access.registers(BASE);
        if (registers.bytes() < BYTES) {
            throw error(registers.bytes() + " bytes of registers");
        }
    }

    private IOException error(String what) {
        return new IOException(access.name() + ": " + what);
    }

    private void await(String what, int millis, int register, int mask, int wanted)
            throws IOException, InterruptedException {
        for (int waited = 0; (registers.read32(register) & mask) != wanted; waited++) {
            if (waited >= millis) {
                throw error("waited " + millis + " ms for " + what);
            }
            access.sleep(1);
        }
    }

    /** Makes the adapter ready: it forgets its messages, and leaves memory alone. */
    void reset() throws IOException, InterruptedException {
        registers.write32(HOST_INTERRUPT_MASK, HIM_DIM | HIM_RIM);
        int state = registers.read32(DOORBELL) >>> STATE_SHIFT;
        if (state != STATE_READY || (registers.read32(DOORBELL) & DOORBELL_USED) != 0) {
            registers.write32(DOORBELL, FUNCTION_IOC_MESSAGE_UNIT_RESET << FUNCTION_SHIFT);
            awaitTaken();
        }
        awaitState(STATE_READY);
        registers.write32(HOST_INTERRUPT_STATUS, 0);
    }

    void awaitOperational() throws IOException, InterruptedException {
        awaitState(STATE_OPERATIONAL);
    }

    private void awaitState(int state) throws IOException, InterruptedException {
        int mask = 0xf << STATE_SHIFT;
        await("state " + state, CHANGE, DOORBELL, mask, state << STATE_SHIFT);
    }

    private void awaitTaken() throws IOException, InterruptedException {
        await(
                "what it was told to be taken",
                ACKNOWLEDGEMENT,
                HOST_INTERRUPT_STATUS,
                HIS_IOP_DOORBELL_STATUS,
                0);
    }

    private void awaitDoorbell() throws IOException, InterruptedException {
        await(
                "its doorbell",
                CHANGE,
                HOST_INTERRUPT_STATUS,
                HIS_DOORBELL_INTERRUPT,
                HIS_DOORBELL_INTERRUPT);
    }

    /**
     * Sends a message through the doorbell, word by word, and receives its reply.
     *
     * @param request whole dwords
     * @param bytes of a reply at least
     */
    ByteBuffer exchange(ByteBuffer request, int bytes) throws IOException, InterruptedException {
        int words = request.capacity() / Integer.BYTES;
        registers.write32(HOST_INTERRUPT_STATUS, 0);
        registers.write32(
                DOORBELL, FUNCTION_HANDSHAKE << FUNCTION_SHIFT | words << ADD_DWORDS_SHIFT);
        awaitDoorbell();
        registers.write32(HOST_INTERRUPT_STATUS, 0);
        awaitTaken();
        for (int i = 0; i < words; i++) {
            registers.write32(DOORBELL, request.getInt(i * Integer.BYTES));
            awaitTaken();
        }
        ByteBuffer reply = ByteBuffer.allocate(0xff * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        int length = bytes;
        for (int at = 0; at < length; at += Short.BYTES) {
            reply.putShort(at, (short) receive());
            if (at == MESSAGE_LENGTH) {
                length = (reply.get(MESSAGE_LENGTH) & 0xff) * Integer.BYTES;
            }
        }
        if (length < bytes) {
            throw error("a reply of " + length + " bytes instead of " + bytes);
        }
        awaitDoorbell();
        registers.write32(HOST_INTERRUPT_STATUS, 0);
        return reply;
    }

    private int receive() throws IOException, InterruptedException {
        awaitDoorbell();
        int data = registers.read32(DOORBELL) & DOORBELL_DATA;
        registers.write32(HOST_INTERRUPT_STATUS, 0);
        return data;
    }

    void enableInterrupts() {
        registers.write32(HOST_INTERRUPT_MASK, HIM_DIM);
    }

    /** Posts a request's frame. */
    void post(long address) {
        registers.write32(REQUEST_QUEUE, (int) address);
    }

    /** The next reply, or {@link #NO_REPLY}. */
    int takeReply() {
        return registers.read32(REPLY_QUEUE);
    }

    /** Gives a frame for a reply. */
    void give(long address) {
        registers.write32(REPLY_QUEUE, (int) address);
    }
}
