package dev.cortado.drivers.virtio.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkBuffers;
import dev.cortado.drivers.network.NetworkListener;
import dev.cortado.drivers.network.NetworkSettings;
import dev.cortado.drivers.virtio.transport.Bus;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Of what the driver's thread answers in one go, the device is told once, and not too late. */
@Timeout(60)
final class HeldNotificationsTest {
    private static final int TRANSMIT = 1;

    private NetworkCase test;
    private VirtioNet net;
    private int notifications;

    /** Does something for each packet that comes. */
    private Runnable answer = () -> send(60);

    private final class Answering implements NetworkListener {
        private final NetworkBuffer[] batch = new NetworkBuffer[4];

        @Override
        public void received(int queue) {
            try {
                for (int n = net.queue(queue).receive(batch); n > 0; ) {
                    for (int i = 0; i < n; i++) {
                        NetworkBuffers.give(batch[i]);
                        answer.run();
                    }
                    n = net.queue(queue).receive(batch);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void transmitted(int queue) {}

        @Override
        public void linkChanged(boolean up) {}

        @Override
        public void announce() {}
    }

    @BeforeEach
    void start() throws Exception {
        test = new NetworkCase(Bus.PCI, 128, 2048);
        test.prepare(0, 1, 64);
        test.device.model.notified = queue -> notifications += queue == TRANSMIT ? 1 : 0;
        VirtioDevice device =
                new VirtioDevice(
                        Bus.PCI.transport(test.device.model), test.memory, test.frames, ms -> {});
        NetworkSettings settings = new NetworkSettings(test.pool, 1, 32, NetworkCase.OWN_MAC);
        net = new VirtioNet(device, settings, new Answering(), ms -> {});
    }

    private void send(int bytes) {
        try {
            NetworkBuffer[] packet = {test.packet(new byte[bytes])};
            assertEquals(1, net.queue(0).transmit(packet, 0, 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void come(int packets) throws IOException {
        for (int i = 0; i < packets; i++) {
            byte[] header = new byte[test.device.headerBytes()];
            assertTrue(test.device.deliver(0, header, new byte[60]));
        }
        net.service(0);
    }

    @Test
    void answersAreToldOnce() throws Exception {
        come(3);
        assertEquals(1, notifications);
        for (int i = 0; i < 3; i++) {
            assertNotNull(test.device.takeSent(TRANSMIT));
        }
        come(1);
        assertEquals(2, notifications, "held back for ever");
    }

    /** 4 KiB. */
    @Test
    void muchIsToldEarlier() throws Exception {
        List<Integer> told = new ArrayList<>();
        answer =
                () -> {
                    send(1000);
                    told.add(notifications);
                };
        come(6);
        assertEquals(List.of(0, 0, 0, 0, 1, 1), told);
        assertEquals(2, notifications);
    }

    @Test
    void whoIsNotTheDriverIsNotHeldBack() throws Exception {
        int[] told = new int[1];
        answer =
                () -> {
                    send(60);
                    Thread other = Thread.ofPlatform().start(() -> send(60));
                    try {
                        other.join();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    told[0] = notifications;
                };
        come(1);
        assertEquals(1, told[0], "both at once");
        assertEquals(1, notifications, "nothing is left to tell");
        send(60);
        assertEquals(2, notifications, "nobody is served now");
    }
}
