package dev.cortado.drivers.virtio.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkBuffers;
import dev.cortado.drivers.network.NetworkListener;
import dev.cortado.drivers.network.NetworkQueue;
import dev.cortado.drivers.network.NetworkSettings;
import dev.cortado.drivers.virtio.transport.Bus;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.drivers.virtio.transport.VirtioModel;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.HostFrames;
import dev.cortado.kernel.memory.HostMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A driver, its user and its device, all in the test's thread. */
final class NetworkCase implements NetworkListener {
    static final long MAC = 0x525400123456L;
    static final long OWN_MAC = 0x020000000001L;

    /** All that a device may do for who sends. */
    static final long OFFLOADS =
            NetworkFeatures.CSUM
                    | NetworkFeatures.HOST_TSO4
                    | NetworkFeatures.HOST_TSO6
                    | NetworkFeatures.HOST_ECN;

    private static final int MEMORY_BYTES = 4 << 20;

    final HostMemory memory = new HostMemory(MEMORY_BYTES);
    final HostFrames source = new HostFrames(memory, MEMORY_BYTES);
    final DeviceFrames poolFrames = new DeviceFrames(source, "buffers");
    DeviceFrames frames = new DeviceFrames(source, "net");
    final NetworkBuffers pool;
    final Bus bus;
    NetworkModel device;
    VirtioNet net;

    /** What came, by queue; what was told. */
    final List<byte[]> received = new ArrayList<>();

    final List<NetworkBuffer> kept = new ArrayList<>();
    final List<String> told = new ArrayList<>();
    boolean keep;
    private final NetworkBuffer[] batch = new NetworkBuffer[4];

    NetworkCase(Bus bus, int buffers, int bytes) throws IOException {
        this.bus = bus;
        pool = new NetworkBuffers(poolFrames, buffers, bytes);
    }

    /** A driver of one pair of queues, with a device that offers some features. */
    static NetworkCase started(Bus bus, long offered, int size)
            throws IOException, InterruptedException {
        NetworkCase test = new NetworkCase(bus, 128, 2048);
        test.prepare(offered, 1, size);
        test.start(1, 32);
        return test;
    }

    /** A device that offers some features. */
    VirtioModel prepare(long offered, int pairs, int size) {
        int[] sizes = new int[2 * pairs + 1];
        Arrays.fill(sizes, size);
        sizes[2 * pairs] = 64;
        VirtioModel model = new VirtioModel(memory, 1, bus.isLegacy(), offered, 12, sizes);
        for (int i = 0; i < 6; i++) {
            model.configuration.put(i, (byte) (MAC >> 40 - 8 * i));
        }
        model.configuration.putShort(6, (short) 1);
        model.configuration.putShort(8, (short) pairs);
        model.configuration.putShort(10, (short) 1500);
        device = new NetworkModel(model);
        return model;
    }

    VirtioNet start(int queues, int posted) throws IOException, InterruptedException {
        VirtioDevice virtio =
                new VirtioDevice(bus.transport(device.model), memory, frames, ms -> {});
        NetworkSettings settings = new NetworkSettings(pool, queues, posted, OWN_MAC);
        net = new VirtioNet(virtio, settings, this, ms -> {});
        return net;
    }

    /** The owner's end of a driver: the device is reset, then its queues' frames go. */
    void end() {
        net.close();
        frames.close();
        frames = new DeviceFrames(source, "net");
        device.forget();
    }

    NetworkBuffer packet(byte[] bytes, int... cuts) {
        NetworkBuffer first = null;
        NetworkBuffer last = null;
        int at = 0;
        for (int i = 0; i <= cuts.length; i++) {
            int end = i < cuts.length ? cuts[i] : bytes.length;
            NetworkBuffer part = pool.take();
            part.setData(NetworkBuffer.HEADROOM + i, end - at);
            memory.copyIn(bytes, at, part.address(), end - at);
            at = end;
            if (first == null) {
                first = part;
            } else {
                last.setNext(part);
            }
            last = part;
        }
        return first;
    }

    byte[] bytes(NetworkBuffer packet) {
        byte[] bytes = new byte[packet.packetLength()];
        int at = 0;
        for (NetworkBuffer part = packet; part != null; part = part.next()) {
            memory.copyOut(part.address(), bytes, at, part.length());
            at += part.length();
        }
        return bytes;
    }

    int send(NetworkBuffer... packets) throws IOException {
        return net.queue(0).transmit(packets, 0, packets.length);
    }

    /** Takes back what was sent, into the pool; how many packets. */
    int takeBack(int queue) {
        int count = 0;
        NetworkQueue pair = net.queue(queue);
        for (int n = pair.takeTransmitted(batch); n > 0; n = pair.takeTransmitted(batch)) {
            for (int i = 0; i < n; i++) {
                NetworkBuffers.give(batch[i]);
            }
            count += n;
        }
        return count;
    }

    @Override
    public void received(int queue) {
        try {
            NetworkQueue pair = net.queue(queue);
            for (int n = pair.receive(batch); n > 0; n = pair.receive(batch)) {
                for (int i = 0; i < n; i++) {
                    received.add(bytes(batch[i]));
                    if (keep) {
                        kept.add(batch[i]);
                    } else {
                        NetworkBuffers.give(batch[i]);
                    }
                }
            }
        } catch (IOException e) {
            told.add("failed"); // the driver's thread hears of it
        }
    }

    @Override
    public void transmitted(int queue) {
        told.add("transmitted " + queue);
    }

    @Override
    public void linkChanged(boolean up) {
        told.add("link " + up);
    }

    @Override
    public void announce() {
        told.add("announce");
    }

    /** Nobody has a buffer any more, and the driver no frames. */
    void checkNothingLost() {
        assertEquals(pool.number(), pool.free() + pool.lost());
        assertEquals(0, frames.bytes());
    }
}
