package dev.cortado.drivers.virtio.console;

import dev.cortado.drivers.virtio.queue.BrokenQueueException;
import dev.cortado.drivers.virtio.queue.BufferChain;
import dev.cortado.drivers.virtio.queue.VirtQueue;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.drivers.virtio.transport.VirtioException;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * The messages about ports (VIRTIO 1.2, 5.3.6.2), and which port they make the guest's console: the
 * first that the host calls a console, or by {@link #NAME}. QEMU gives the other ones their names,
 * and loses no byte of them: of a console it drops what nobody reads in time.
 */
final class PortMessages {
    /** The name of a port that is the guest's console. */
    static final String NAME = "dev.cortado.console";

    static final int NONE = -1;

    /** Room for a name; longer ones are cut, of which QEMU says the whole length; not ours. */
    private static final int MESSAGE_BYTES = 128;

    /**
     * QEMU throws messages away for which it has no buffer. When it is told that the driver is
     * ready, it has one for each of up to 31 ports, and up to three for each port that is ready.
     */
    private static final int BUFFERS = PortQueues.LARGEST_CONTROL_QUEUE;

    /** What one message has for answers at most. */
    private static final int MOST_ANSWERS = 2;

    private static final int YES = 1;
    private static final int NO = 0;

    private final VirtioDevice device;
    private final VirtQueue receive;
    private final VirtQueue transmit;
    private final long mostPorts;
    private final boolean[] known;

    /** Of each, whether somebody is at its other end: it may be said before a port's name. */
    private final boolean[] open;

    private final DeviceBlock incoming;
    private final DeviceBlock outgoing;
    private final BufferChain chain = new BufferChain(1);

    /** Slots of outgoing messages that the device does not have, and what is to be sent. */
    private final Deque<Integer> freeSlots = new ArrayDeque<>();

    private final Deque<ControlMessage> unsent = new ArrayDeque<>();
    private int console = NONE;

    /**
     * Gives the device buffers for its messages.
     *
     * @param mostPorts that the device may have
     * @param driven how many of them have queues
     */
    PortMessages(VirtioDevice device, PortQueues queues, long mostPorts, int driven)
            throws IOException {
        this.device = device;
        this.mostPorts = mostPorts;
        receive = queues.receive();
        receive.ignoreLengths();
        transmit = queues.transmit();
        known = new boolean[driven];
        open = new boolean[driven];
        incoming = device.frames().allocate(BUFFERS * MESSAGE_BYTES, BuddyAllocator.NO_LIMIT);
        outgoing = device.frames().allocate(BUFFERS * MESSAGE_BYTES, BuddyAllocator.NO_LIMIT);
        for (int i = 0; i < BUFFERS; i++) {
            give(i);
            freeSlots.add(i);
        }
    }

    /** The device runs, and is asked for its ports. */
    void begin() throws BrokenQueueException {
        receive.publish();
        unsent.add(new ControlMessage(0, ControlMessage.DEVICE_READY, YES));
        send();
    }

    /** The port that is the console, or NONE. */
    int console() {
        return console;
    }

    /** Whether somebody is at the console's other end. */
    boolean isOpen() {
        return console != NONE && open[console];
    }

    /** Without room for it in a small queue, the buffer is not used any more. */
    private void give(int buffer) throws BrokenQueueException {
        long place = incoming.deviceAddress((long) buffer * MESSAGE_BYTES, MESSAGE_BYTES);
        receive.add(chain.clear().in(place, MESSAGE_BYTES), buffer);
    }

    /**
     * Understands the messages that there are, as long as there is room for their answers.
     *
     * @throws IOException they make no sense, or the console is no more
     */
    void service() throws IOException {
        for (int slot = transmit.take(); slot != VirtQueue.NONE; slot = transmit.take()) {
            freeSlots.add(slot);
        }
        send();
        for (int i = 0; i < BUFFERS && mayAnswer(); i++) {
            int buffer = receive.take();
            if (buffer == VirtQueue.NONE) {
                break;
            }
            byte[] bytes = new byte[(int) receive.written()];
            long place = incoming.address((long) buffer * MESSAGE_BYTES, bytes.length);
            device.memory().copyOut(place, bytes, 0, bytes.length);
            give(buffer);
            understand(bytes);
        }
        receive.publish();
        send();
    }

    /** False: there is something to do already. */
    boolean enableInterrupts() {
        boolean nothingSent = transmit.enableInterrupts();
        return nothingSent && (!mayAnswer() || receive.enableInterrupts());
    }

    private boolean mayAnswer() {
        return unsent.size() <= BUFFERS - MOST_ANSWERS;
    }

    private void send() throws BrokenQueueException {
        while (!unsent.isEmpty() && !freeSlots.isEmpty()) {
            byte[] bytes = unsent.peek().toBytes();
            long offset = (long) freeSlots.peek() * MESSAGE_BYTES;
            device.memory().copyIn(bytes, 0, outgoing.address(offset, bytes.length), bytes.length);
            chain.clear().out(outgoing.deviceAddress(offset, bytes.length), bytes.length);
            if (!transmit.add(chain, freeSlots.peek())) {
                break;
            }
            unsent.remove();
            freeSlots.remove();
        }
        transmit.publish();
    }

    private void understand(byte[] bytes) throws IOException {
        if (bytes.length < ControlMessage.BYTES) {
            throw device.fail("a message about ports has only " + bytes.length + " bytes");
        }
        ControlMessage message = ControlMessage.parse(bytes);
        int port = message.port();
        if (Integer.toUnsignedLong(port) >= mostPorts) {
            throw device.fail(
                    "a message is about port "
                            + Integer.toUnsignedString(port)
                            + " where it may have "
                            + mostPorts);
        }
        if (Integer.compareUnsigned(port, known.length) >= 0) {
            if (message.event() == ControlMessage.DEVICE_ADD) {
                unsent.add(new ControlMessage(port, ControlMessage.PORT_READY, NO));
            }
            return;
        }
        if (message.event() == ControlMessage.DEVICE_ADD) {
            known[port] = true;
            unsent.add(new ControlMessage(port, ControlMessage.PORT_READY, YES));
        } else if (known[port]) {
            understand(message, bytes);
        }
    }

    private void understand(ControlMessage message, byte[] bytes) throws VirtioException {
        int port = message.port();
        switch (message.event()) {
            case ControlMessage.DEVICE_REMOVE -> {
                known[port] = false;
                open[port] = false;
                if (port == console) {
                    throw device.fail("the host has taken port " + port + " away");
                }
            }
            case ControlMessage.CONSOLE_PORT -> choose(port);
            case ControlMessage.PORT_NAME -> {
                if (name(bytes).equals(NAME)) {
                    choose(port);
                }
            }
            case ControlMessage.PORT_OPEN -> open[port] = message.value() != NO;
            default -> {
                // A size, which nobody has asked for, or what only drivers say.
            }
        }
    }

    /** With or without a zero behind it: QEMU counts one. */
    private static String name(byte[] message) {
        int end = message.length;
        if (end > ControlMessage.BYTES && message[end - 1] == 0) {
            end--;
        }
        byte[] name = Arrays.copyOfRange(message, ControlMessage.BYTES, end);
        return new String(name, StandardCharsets.UTF_8);
    }

    private void choose(int port) {
        if (console == NONE) {
            console = port;
            unsent.add(new ControlMessage(port, ControlMessage.PORT_OPEN, YES));
        }
    }
}
