package dev.cortado.drivers.virtio.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.cortado.drivers.virtio.queue.DeviceSide;
import dev.cortado.drivers.virtio.transport.VirtioModel;
import dev.cortado.kernel.memory.HostMemory;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A console device, written from VIRTIO 1.2, 5.3: it does what there is to do when it is told to,
 * in the thread of who tells it.
 */
final class ConsoleModel {
    static final int TYPE = 3;

    /** VIRTIO_CONSOLE_F_MULTIPORT (5.3.3). */
    static final long MULTIPORT = 2;

    final VirtioModel model;
    final HostMemory memory;

    /** What came out of each port. */
    final ByteArrayOutputStream[] written;

    /** What the driver has said, 8 bytes each, as numbers. */
    final List<String> heard = new ArrayList<>();

    /** What the device is to say, and what is to go into each port. */
    final Deque<byte[]> messages = new ArrayDeque<>();

    final ByteArrayOutputStream[] typed;

    /** Ports that it adds when the driver is ready, and what it says when one is. */
    final List<Integer> ports = new ArrayList<>();

    /** How it calls some of them. */
    final Map<Integer, String> names = new HashMap<>();

    boolean isConsole = true;

    /** Whether it takes the driver's messages. */
    boolean isHearing = true;

    /** As QEMU does with messages for which the driver has given it no buffer. */
    boolean losesMessages;

    boolean isReading = true;

    /** Chains of output that it has and has not given back. */
    private final Deque<DeviceSide.Chain> held = new ArrayDeque<>();

    /**
     * @param ports that it may have; 0 for one without messages
     */
    ConsoleModel(HostMemory memory, boolean legacy, long offered, int ports, int queueSize) {
        this.memory = memory;
        int[] sizes = new int[ports == 0 ? 2 : 2 * ports + 2];
        Arrays.fill(sizes, queueSize);
        long features = ports == 0 ? offered : offered | MULTIPORT;
        model = new VirtioModel(memory, TYPE, legacy, features, 12, sizes);
        model.configuration.putInt(4, ports);
        written = new ByteArrayOutputStream[Math.max(ports, 1)];
        typed = new ByteArrayOutputStream[written.length];
        for (int i = 0; i < written.length; i++) {
            written[i] = new ByteArrayOutputStream();
            typed[i] = new ByteArrayOutputStream();
        }
    }

    static byte[] message(int port, int event, int value, byte... more) {
        ByteBuffer bytes = ByteBuffer.allocate(8 + more.length).order(ByteOrder.LITTLE_ENDIAN);
        return bytes.putInt(port).putShort((short) event).putShort((short) value).put(more).array();
    }

    private static int firstQueue(int port) {
        return port == 0 ? 0 : 2 + 2 * port;
    }

    private boolean hasMessages() {
        return (model.accepted & MULTIPORT) != 0;
    }

    /** Does all that there is to do. The device was started. */
    void work() {
        if ((model.status & 4) == 0) {
            return;
        }
        boolean more = true;
        while (more) {
            more = false;
            if (hasMessages()) {
                more = isHearing && hear();
                more |= tell();
            }
            for (int port = 0; port < written.length; port++) {
                if (model.queues[firstQueue(port)].enabled) {
                    more |= show(port) | type(port);
                }
            }
        }
    }

    private static byte[] bytes(HostMemory memory, DeviceSide.Chain chain) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (DeviceSide.Part part : chain.parts()) {
            assertFalse(part.writable());
            byte[] bytes = new byte[part.length()];
            memory.copyOut(part.memoryAddress(), bytes, 0, bytes.length);
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }

    private boolean hear() {
        DeviceSide side = model.side(3);
        DeviceSide.Chain chain = side.next();
        if (chain == null) {
            return !side.sleep();
        }
        byte[] bytes = bytes(memory, chain);
        assertEquals(8, bytes.length);
        ByteBuffer message = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int port = message.getInt();
        int event = message.getShort();
        int value = message.getShort();
        heard.add(port + " " + event + " " + value);
        side.use(chain, 0);
        answer(port, event, value);
        return true;
    }

    /** As QEMU does. */
    private void answer(int port, int event, int value) {
        if (event == 0) {
            ports.forEach(each -> messages.add(message(each, 1, 1)));
        } else if (event == 3 && value == 1) {
            if (isConsole) {
                messages.add(message(port, 4, 1));
            }
            if (names.containsKey(port)) {
                messages.add(message(port, 7, 1, names.get(port).getBytes()));
            }
            if (isConsole || names.containsKey(port)) {
                messages.add(message(port, 6, 1));
            }
        }
    }

    private boolean tell() {
        if (messages.isEmpty()) {
            return false;
        }
        DeviceSide side = model.side(2);
        DeviceSide.Chain chain = side.next();
        if (chain == null && losesMessages) {
            messages.remove();
            return true;
        }
        if (chain == null) {
            return !side.sleep();
        }
        byte[] message = messages.remove();
        DeviceSide.Part part = chain.parts().getFirst();
        memory.copyIn(message, 0, part.memoryAddress(), Math.min(message.length, part.length()));
        side.use(chain, message.length);
        return true;
    }

    private boolean show(int port) {
        DeviceSide side = model.side(firstQueue(port) + 1);
        boolean more = false;
        for (DeviceSide.Chain chain = side.next(); chain != null; chain = side.next()) {
            held.add(chain);
            more = true;
            if (isReading) {
                written[port].writeBytes(bytes(memory, chain));
            }
        }
        while (isReading && !held.isEmpty()) {
            side.use(held.removeFirst(), 0);
        }
        return more | !side.sleep();
    }

    /** Of what it holds back, it copies the last chain and is done with that one. */
    byte[] useLast(int port) {
        DeviceSide.Chain last = held.removeLast();
        byte[] copied = bytes(memory, last);
        model.side(firstQueue(port) + 1).use(last, 0);
        return copied;
    }

    /** What it has held back comes out. */
    void readOn(int port) {
        isReading = true;
        held.forEach(chain -> written[port].writeBytes(bytes(memory, chain)));
    }

    /** It was reset: what it had is no more. */
    void forget() {
        held.clear();
    }

    private boolean type(int port) {
        if (typed[port].size() == 0) {
            return false;
        }
        DeviceSide side = model.side(firstQueue(port));
        DeviceSide.Chain chain = side.next();
        if (chain == null) {
            return !side.sleep();
        }
        DeviceSide.Part part = chain.parts().getFirst();
        byte[] all = typed[port].toByteArray();
        int count = Math.min(all.length, part.length());
        memory.copyIn(all, 0, part.memoryAddress(), count);
        typed[port].reset();
        typed[port].write(all, count, all.length - count);
        side.use(chain, count);
        return true;
    }
}
