package dev.cortado.drivers.vmware.guestrpc;

import dev.cortado.drivers.vmware.backdoor.Backdoor;
import dev.cortado.drivers.vmware.backdoor.Registers;
import java.io.IOException;

/**
 * Messages to VMware's host and its answers, through the backdoor's command for them
 * (open-vm-tools' lib/include/guest_msg_def.h). For one thread.
 */
final class MessageChannel implements AutoCloseable {
    /** Protocols: what the guest asks of the host, and what the host asks of the guest. */
    static final int RPCI = 0x4943_5052;

    static final int TCLO = 0x4f4c_4354;

    /** The host takes no longer message (GUESTMSG_MAX_IN_SIZE). */
    private static final int LONGEST_SENT = 64 * 1024;

    /** Hosts set themselves no such limit; this is above what they keep for a guest. */
    private static final int LONGEST_RECEIVED = 1024 * 1024;

    /** BDOOR_CMD_MESSAGE, in the lower half of ECX; one of the next in its upper half. */
    private static final int MESSAGE = 0x1e;

    private static final int OPEN = 0;
    private static final int SEND_SIZE = 1;
    private static final int SEND_PAYLOAD = 2;
    private static final int RECEIVE_SIZE = 3;
    private static final int RECEIVE_PAYLOAD = 4;
    private static final int RECEIVE_STATUS = 5;
    private static final int CLOSE = 6;

    /** Of a protocol: the channel has cookies, without which nobody else can use it. */
    private static final int FLAG_COOKIE = 0x8000_0000;

    /** Bits of the answer, in the upper half of ECX, or of EBX from the high-bandwidth port. */
    private static final int SUCCESS = 0x0001;

    private static final int TO_RECEIVE = 0x0002;
    private static final int CHECKPOINT = 0x0010;
    private static final int HIGH_BANDWIDTH = 0x0080;

    /** BDOORHB_CMD_MESSAGE, in the lower half of EBX. */
    private static final int HIGH_BANDWIDTH_MESSAGE = 0;

    /** A snapshot breaks a message off, which is then sent again; not so often in a row. */
    private static final int MOST_ATTEMPTS = 8;

    private final Backdoor backdoor;
    private final Registers registers = new Registers();
    private final int id;
    private final int cookieHigh;
    private final int cookieLow;

    /** The upper half of ECX, or of EBX, as the last call has left it. */
    private int status;

    /**
     * Opens one.
     *
     * @throws IOException the host has none for us
     */
    MessageChannel(Backdoor backdoor, int protocol) throws IOException {
        this.backdoor = backdoor;
        registers.ebx = protocol | FLAG_COOKIE;
        registers.ecx = Registers.of(OPEN, MESSAGE);
        backdoor.call(registers);
        if ((Registers.high(registers.ecx) & SUCCESS) == 0) {
            throw new IOException("VMware opens no channel for messages");
        }
        id = Registers.high(registers.edx);
        cookieHigh = registers.esi;
        cookieLow = registers.edi;
    }

    /**
     * Sends a message; an empty one only says that the guest is there.
     *
     * @throws IOException the host does not take it
     */
    void send(byte[] message) throws IOException {
        if (message.length > LONGEST_SENT) {
            throw new IOException("a message to VMware of " + message.length + " bytes");
        }
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            call(SEND_SIZE, message.length);
            if (!isSuccess()) {
                throw new IOException("VMware takes no message of " + message.length + " bytes");
            }
            if (message.length == 0 || sendPayload(message)) {
                return;
            }
            if ((status & CHECKPOINT) == 0) {
                break;
            }
        }
        throw new IOException("VMware has not taken all of a message");
    }

    private boolean sendPayload(byte[] message) {
        if (goesAtOnce(message)) {
            prepareMany(cookieHigh);
            registers.edi = cookieLow;
            backdoor.send(registers, message, message.length);
            status = Registers.high(registers.ebx);
            return isSuccess();
        }
        for (int at = 0; at < message.length; at += Integer.BYTES) {
            int word = 0;
            for (int i = Math.min(Integer.BYTES, message.length - at) - 1; i >= 0; i--) {
                word = word << Byte.SIZE | message[at + i] & 0xff;
            }
            call(SEND_PAYLOAD, word);
            if (!isSuccess()) {
                return false;
            }
        }
        return true;
    }

    /**
     * The host's next message or answer, null if it has none.
     *
     * @throws IOException what it has is too long, or broken off
     */
    byte[] receive() throws IOException {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            call(RECEIVE_SIZE, 0);
            if (!isSuccess()) {
                throw new IOException("VMware does not say whether it has a message");
            }
            if ((status & TO_RECEIVE) == 0) {
                return null;
            }
            byte[] message = new byte[announced()];
            if (receivePayload(message)) {
                call(RECEIVE_STATUS, SUCCESS);
                if (isSuccess()) {
                    return message;
                }
            }
            if ((status & CHECKPOINT) == 0) {
                break;
            }
        }
        throw new IOException("VMware has broken a message off");
    }

    private int announced() throws IOException {
        requireType(SEND_SIZE);
        int length = registers.ebx;
        if (length < 0 || length > LONGEST_RECEIVED) {
            throw new IOException(
                    "VMware has a message of " + Integer.toUnsignedString(length) + " bytes");
        }
        return length;
    }

    /** What the host does by that is in the upper half of EDX. */
    private void requireType(int type) throws IOException {
        if (Registers.high(registers.edx) != type) {
            throw new IOException(
                    "VMware answers with "
                            + Registers.high(registers.edx)
                            + " where a message has "
                            + type);
        }
    }

    private boolean receivePayload(byte[] message) throws IOException {
        if (goesAtOnce(message)) {
            prepareMany(cookieLow);
            registers.esi = cookieHigh;
            backdoor.receive(registers, message, message.length);
            status = Registers.high(registers.ebx);
            return isSuccess();
        }
        for (int at = 0; at < message.length; at += Integer.BYTES) {
            call(RECEIVE_PAYLOAD, SUCCESS);
            if (!isSuccess()) {
                return false;
            }
            requireType(SEND_PAYLOAD);
            int word = registers.ebx;
            for (int i = 0; i < Math.min(Integer.BYTES, message.length - at); i++) {
                message[at + i] = (byte) (word >>> i * Byte.SIZE);
            }
        }
        return true;
    }

    /** Otherwise it goes by words. */
    private boolean goesAtOnce(byte[] message) {
        return (status & HIGH_BANDWIDTH) != 0 && message.length <= backdoor.capacity();
    }

    private boolean isSuccess() {
        return (status & SUCCESS) != 0;
    }

    private void call(int type, int argument) {
        registers.ebx = argument;
        registers.ecx = Registers.of(type, MESSAGE);
        registers.edx = Registers.of(id, 0);
        registers.esi = cookieHigh;
        registers.edi = cookieLow;
        backdoor.call(registers);
        status = Registers.high(registers.ecx);
    }

    /** The one cookie is where a call has it, and the address takes the place of the other. */
    private void prepareMany(int cookie) {
        registers.ebx = Registers.of(SUCCESS, HIGH_BANDWIDTH_MESSAGE);
        registers.edx = Registers.of(id, 0);
        registers.ebp = cookie;
    }

    /** Nobody waits for it, and nothing depends on it. */
    @Override
    public void close() {
        call(CLOSE, 0);
    }
}
