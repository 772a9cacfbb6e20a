package dev.cortado.drivers.virtio.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.virtio.queue.DeviceSide;
import dev.cortado.drivers.virtio.transport.VirtioModel;
import dev.cortado.kernel.memory.HostMemory;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An honest network device, written from VIRTIO 1.2, 5.1.6, in the test's own thread: it does
 * something when the test says so, but answers commands at once. It fails the test when the driver
 * does what it must not.
 */
final class NetworkModel {
    static final long ANY_LAYOUT = 1L << 27;
    static final long VERSION_1 = 1L << 32;

    final VirtioModel model;
    final HostMemory memory;

    /** Commands: class, command, what they are about. */
    final List<String> commands = new ArrayList<>();

    /** What it answers to all commands; negative for nothing. */
    int answer;

    /** Interrupts that the driver wanted, by queue. */
    final int[] interrupts;

    private final int control;
    private final List<ArrayDeque<DeviceSide.Chain>> taken = new ArrayList<>();

    NetworkModel(VirtioModel model) {
        this.model = model;
        memory = model.memory;
        control = model.queues.length - 1;
        interrupts = new int[model.queues.length];
        for (int i = 0; i < model.queues.length; i++) {
            taken.add(new ArrayDeque<>());
        }
        model.notified =
                queue -> {
                    if (queue == control && has(1L << 17)) {
                        obey();
                    }
                };
    }

    boolean has(long features) {
        return (model.accepted & features) == features;
    }

    int headerBytes() {
        return has(VERSION_1) || has(1L << 15) ? 12 : 10;
    }

    /** It has been reset: what it had is not its any more. */
    void forget() {
        taken.forEach(ArrayDeque::clear);
    }

    private void use(int queue, DeviceSide.Chain chain, int written) {
        if (model.side(queue).use(chain, written)) {
            interrupts[queue]++;
        }
    }

    /**
     * Takes a packet to be sent: header and data; null if there is none. It is still the model's.
     */
    byte[] takeSent(int queue) {
        DeviceSide.Chain chain = model.side(queue).next();
        if (chain == null) {
            return null;
        }
        List<DeviceSide.Part> parts = chain.parts();
        if (!has(VERSION_1) && !has(ANY_LAYOUT)) {
            assertEquals(headerBytes(), parts.get(0).length(), "5.1.6.6: a header alone");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (DeviceSide.Part part : parts) {
            assertTrue(!part.writable());
            byte[] some = new byte[part.length()];
            memory.copyOut(part.memoryAddress(), some, 0, some.length);
            bytes.writeBytes(some);
        }
        taken.get(queue).add(chain);
        byte[] packet = bytes.toByteArray();
        checkHeader(packet);
        return packet;
    }

    /** 5.1.6.2.1. */
    private void checkHeader(byte[] packet) {
        boolean sum = (packet[0] & 1) != 0;
        assertEquals(0, packet[0] & ~1);
        assertTrue(!sum || has(1L));
        int type = packet[1] & 0x7f;
        assertTrue(type == 0 || type == 1 && has(1L << 11) || type == 4 && has(1L << 12));
        assertTrue(packet[1] >= 0 || has(1L << 13));
        assertTrue(type == 0 || sum);
        if (headerBytes() == 12) {
            assertEquals(0, packet[10] | packet[11], "num_buffers");
        }
    }

    /** Gives back so many of the packets that it took, oldest first. */
    int finishSent(int queue, int count) {
        int done = 0;
        while (done < count && !taken.get(queue).isEmpty()) {
            use(queue, taken.get(queue).poll(), 0);
            done++;
        }
        return done;
    }

    /** A packet comes; false if there are no buffers for it. The header's last field is ours. */
    boolean deliver(int queue, byte[] header, byte[] data) {
        ArrayDeque<DeviceSide.Chain> ready = taken.get(queue);
        byte[] all = Arrays.copyOf(header, headerBytes() + data.length);
        System.arraycopy(data, 0, all, headerBytes(), data.length);
        long room = ready.stream().mapToLong(DeviceSide.Chain::writableBytes).sum();
        while (room < all.length) {
            DeviceSide.Chain next = model.side(queue).next();
            if (next == null) {
                return false;
            }
            if (!has(VERSION_1) && !has(ANY_LAYOUT) && !has(1L << 15)) {
                assertEquals(10, next.parts().get(0).length(), "5.1.6.6: a header alone");
            }
            ready.add(next);
            room += next.writableBytes();
            if (!has(1L << 15)) {
                assertTrue(room >= all.length, "a packet that does not fit one chain");
            }
        }
        int count = 0;
        long sum = 0;
        for (DeviceSide.Chain chain : ready) {
            if (sum >= all.length) {
                break;
            }
            sum += chain.writableBytes();
            count++;
        }
        if (headerBytes() == 12) {
            all[10] = (byte) count;
            all[11] = (byte) (count >> 8);
        }
        List<DeviceSide.Chain> chains = new ArrayList<>();
        int at = 0;
        List<Integer> written = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            DeviceSide.Chain chain = ready.poll();
            int begin = at;
            for (DeviceSide.Part part : chain.parts()) {
                assertTrue(part.writable());
                int some = Math.min(part.length(), all.length - at);
                memory.copyIn(all, at, part.memoryAddress(), some);
                at += some;
            }
            chains.add(chain);
            written.add(at - begin);
        }
        for (int i = 0; i < count; i++) {
            use(queue, chains.get(i), written.get(i));
        }
        return true;
    }

    /** Buffers of a queue that it can take now. */
    int drain(int queue) {
        for (DeviceSide.Chain next = model.side(queue).next(); next != null; ) {
            taken.get(queue).add(next);
            next = model.side(queue).next();
        }
        return taken.get(queue).size();
    }

    /** Takes the oldest buffer of a queue with bytes of ours in it, wherever, and says a length. */
    boolean scribble(int queue, byte[] bytes, int written) {
        drain(queue);
        DeviceSide.Chain chain = taken.get(queue).poll();
        if (chain == null) {
            return false;
        }
        int at = 0;
        for (DeviceSide.Part part : chain.parts()) {
            int some = Math.min(part.length(), bytes.length - at);
            if (part.writable() && some > 0) {
                memory.copyIn(bytes, at, part.memoryAddress(), some);
                at += some;
            }
        }
        use(queue, chain, written);
        return true;
    }

    boolean sleep(int queue) {
        return model.side(queue).sleep();
    }

    private void obey() {
        DeviceSide side = model.side(control);
        for (DeviceSide.Chain chain = side.next(); chain != null; chain = side.next()) {
            StringBuilder text = new StringBuilder();
            List<DeviceSide.Part> parts = chain.parts();
            for (DeviceSide.Part part : parts.subList(0, parts.size() - 1)) {
                assertTrue(!part.writable());
                text.append(text.isEmpty() ? "" : " ");
                for (int i = 0; i < part.length(); i++) {
                    text.append(String.format("%02x", memory.readByte(part.memoryAddress() + i)));
                }
            }
            commands.add(text.toString());
            if (answer >= 0) {
                memory.writeByte(parts.getLast().memoryAddress(), (byte) answer);
                side.use(chain, 1);
            }
        }
        side.sleep();
    }
}
