package dev.cortado.drivers.virtio.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.drivers.network.NetworkDriver;
import dev.cortado.drivers.network.NetworkSettings;
import dev.cortado.drivers.network.NetworkUser;
import dev.cortado.drivers.virtio.transport.Bus;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.drivers.virtio.transport.VirtioModel;
import dev.cortado.kernel.memory.DeviceFrames;
import java.io.IOException;
import java.util.Arrays;

/** A driver, its user and its device, all in the test's thread. */
final class NetworkCase extends NetworkUser {
    /** All that a device may do for who sends. */
    static final long OFFLOADS =
            NetworkFeatures.CSUM
                    | NetworkFeatures.HOST_TSO4
                    | NetworkFeatures.HOST_TSO6
                    | NetworkFeatures.HOST_ECN;

    DeviceFrames frames = new DeviceFrames(source, "net");
    final Bus bus;
    NetworkModel device;
    VirtioNet net;

    NetworkCase(Bus bus, int buffers, int bytes) throws IOException {
        super(frames -> frames, buffers, bytes);
        this.bus = bus;
    }

    @Override
    protected NetworkDriver driver() {
        return net;
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

    /** Nobody has a buffer any more, and the driver no frames. */
    void checkNothingLost() {
        assertEquals(pool.number(), pool.free() + pool.lost());
        assertEquals(0, frames.bytes());
    }
}
