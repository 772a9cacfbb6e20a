package dev.cortado.drivers.lsi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Messages that start an adapter ({@code mpi_ioc.h}), through its doorbell. */
final class FusionMessages {
    private static final int FUNCTION_IOC_INIT = 0x02;
    private static final int FUNCTION_IOC_FACTS = 0x03;
    private static final int FUNCTION_PORT_FACTS = 0x05;
    private static final int FUNCTION_PORT_ENABLE = 0x06;

    private static final int FUNCTION = 3;
    private static final int SHORT_BYTES = 12;
    private static final int REPLY_BYTES = 20;
    private static final int IOC_STATUS = 14;

    /** Bit 15 says that there is a number for a log. */
    private static final int IOC_STATUS_MASK = 0x7fff;

    /** {@code MSG_IOC_FACTS_REPLY}. */
    private static final int FACTS_BYTES = 48;

    private static final int REPLY_QUEUE_DEPTH = 24;
    private static final int REQUEST_FRAME_SIZE = 26;
    private static final int GLOBAL_CREDITS = 36;
    private static final int MAX_DEVICES = 46;
    private static final int MAX_BUSES = 47;

    /** {@code MSG_PORT_FACTS_REPLY}. */
    private static final int PORT_FACTS_BYTES = 28;

    private static final int PORT_TYPE = 21;
    private static final int PORT_TYPE_SCSI = 1;
    private static final int PORT_MAX_DEVICES = 22;
    private static final int PORT_SCSI_ID = 24;

    /** {@code MSG_IOC_INIT}. */
    private static final int INIT_BYTES = 44;

    private static final int WHO_INIT = 0;
    private static final int WHO_INIT_HOST_DRIVER = 4;
    private static final int INIT_MAX_DEVICES = 5;
    private static final int INIT_MAX_BUSES = 6;
    private static final int REPLY_FRAME_SIZE = 12;
    private static final int MSG_VERSION = 40;
    private static final int MSG_VERSION_1_5 = 0x0105;
    private static final int HEADER_VERSION = 42;
    private static final int HEADER_VERSION_19 = 0x1300;

    private final String name;
    private final FusionRegisters registers;

    FusionMessages(String name, FusionRegisters registers) {
        this.name = name;
        this.registers = registers;
    }

    /**
     * What an adapter says of itself.
     *
     * @param replies that it queues
     * @param frameBytes of a request
     * @param credits requests at once
     * @param maxDevices as a byte, 0 for 256
     */
    record Facts(int replies, int frameBytes, int credits, int maxDevices, int maxBuses) {}

    /**
     * What it says of its port.
     *
     * @param targets have numbers below this
     * @param own number of the adapter among them, or -1
     */
    record Port(int targets, int own) {}

    private static ByteBuffer message(int function, int bytes) {
        ByteBuffer message = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return message.put(FUNCTION, (byte) function);
    }

    private ByteBuffer exchange(ByteBuffer request, int bytes)
            throws IOException, InterruptedException {
        ByteBuffer reply = registers.exchange(request, bytes);
        int function = request.get(FUNCTION);
        int status = reply.getShort(IOC_STATUS) & IOC_STATUS_MASK;
        if (reply.get(FUNCTION) != function || status != 0) {
            throw new IOException(
                    "%s: message 0x%02x: status 0x%04x".formatted(name, function, status));
        }
        return reply;
    }

    Facts facts() throws IOException, InterruptedException {
        ByteBuffer reply = exchange(message(FUNCTION_IOC_FACTS, SHORT_BYTES), FACTS_BYTES);
        return new Facts(
                reply.getShort(REPLY_QUEUE_DEPTH) & 0xffff,
                (reply.getShort(REQUEST_FRAME_SIZE) & 0xffff) * Integer.BYTES,
                reply.getShort(GLOBAL_CREDITS) & 0xffff,
                reply.get(MAX_DEVICES),
                reply.get(MAX_BUSES));
    }

    Port port() throws IOException, InterruptedException {
        ByteBuffer reply = exchange(message(FUNCTION_PORT_FACTS, SHORT_BYTES), PORT_FACTS_BYTES);
        int own = reply.getShort(PORT_SCSI_ID) & 0xffff;
        return new Port(
                reply.getShort(PORT_MAX_DEVICES) & 0xffff,
                reply.get(PORT_TYPE) == PORT_TYPE_SCSI ? own : -1);
    }

    /** All addresses of frames and sense data have upper halves of 0. */
    void initialize(Facts facts, int replyBytes) throws IOException, InterruptedException {
        ByteBuffer request = message(FUNCTION_IOC_INIT, INIT_BYTES);
        request.put(WHO_INIT, (byte) WHO_INIT_HOST_DRIVER);
        request.put(INIT_MAX_DEVICES, (byte) facts.maxDevices());
        request.put(INIT_MAX_BUSES, (byte) facts.maxBuses());
        request.putShort(REPLY_FRAME_SIZE, (short) replyBytes);
        request.putShort(MSG_VERSION, (short) MSG_VERSION_1_5);
        request.putShort(HEADER_VERSION, (short) HEADER_VERSION_19);
        exchange(request, REPLY_BYTES);
    }

    void enablePort() throws IOException, InterruptedException {
        exchange(message(FUNCTION_PORT_ENABLE, SHORT_BYTES), REPLY_BYTES);
    }
}
