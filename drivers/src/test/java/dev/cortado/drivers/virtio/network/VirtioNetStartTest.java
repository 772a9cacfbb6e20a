package dev.cortado.drivers.virtio.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkBuffers;
import dev.cortado.drivers.network.NetworkSettings;
import dev.cortado.drivers.network.Offloads;
import dev.cortado.drivers.virtio.transport.Bus;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.drivers.virtio.transport.VirtioTransport;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What others do while a driver begins or ends. */
@Timeout(60)
final class VirtioNetStartTest {
    private static final int DRIVER_OK = 4;
    private static final int BUFFERS = 8;

    private final NetworkCase test;

    VirtioNetStartTest() throws IOException {
        test = new NetworkCase(Bus.PCI, BUFFERS, 2048);
    }

    private VirtioNet open(VirtioTransport transport, VirtioDevice.Delay delay) throws Exception {
        VirtioDevice virtio = new VirtioDevice(transport, test.memory, test.frames, ms -> {});
        NetworkSettings settings = new NetworkSettings(test.pool, 1, BUFFERS, NetworkCase.OWN_MAC);
        test.net = new VirtioNet(virtio, settings, test, delay);
        return test.net;
    }

    /** 3.1.1: before DRIVER_OK a device is told of nothing. */
    @Test
    void buffersThatComeBackWhileItStartsAreTheDevicesAfterwards() throws Exception {
        test.prepare(0, 1, 16);
        NetworkBuffer[] users = new NetworkBuffer[BUFFERS];
        for (int i = 0; i < BUFFERS; i++) {
            users[i] = test.pool.take();
        }
        VirtioTransport transport = Bus.PCI.transport(test.device.model);
        AtomicBoolean early = new AtomicBoolean();
        VirtioTransport watched =
                (VirtioTransport)
                        Proxy.newProxyInstance(
                                VirtioTransport.class.getClassLoader(),
                                new Class<?>[] {VirtioTransport.class},
                                (proxy, method, values) -> {
                                    if (method.getName().equals("setStatus")
                                            && ((int) values[0] & DRIVER_OK) != 0) {
                                        for (NetworkBuffer one : users) {
                                            NetworkBuffers.give(one);
                                        }
                                    }
                                    if (method.getName().equals("notifyQueue")
                                            && (transport.status() & DRIVER_OK) == 0) {
                                        early.set(true);
                                    }
                                    return method.invoke(transport, values);
                                });
        open(watched, ms -> {});
        assertFalse(early.get());
        assertEquals(BUFFERS, test.device.drain(0));
        test.end();
        test.checkNothingLost();
    }

    /** The owner gives the queue's memory away when close() has returned. */
    @Test
    void closeWaitsForACommand() throws Exception {
        test.prepare(NetworkFeatures.CTRL_VQ | NetworkFeatures.CTRL_MAC_ADDR, 1, 16);
        Thread[] closer = new Thread[1];
        AtomicBoolean waited = new AtomicBoolean();
        VirtioDevice.Delay delay =
                ms -> {
                    if (closer[0] == null) {
                        closer[0] = Thread.ofPlatform().start(() -> test.net.close());
                        while (test.net.isUsable()) {
                            Thread.onSpinWait();
                        }
                        closer[0].join(200);
                        waited.set(closer[0].isAlive());
                    }
                };
        open(Bus.PCI.transport(test.device.model), delay);
        test.device.answer = -1;
        IOException e =
                assertThrows(IOException.class, () -> test.net.setMacAddress(NetworkCase.MAC));
        closer[0].join();
        assertTrue(waited.get());
        assertTrue(e.getMessage().endsWith("it was closed"), e.getMessage());
        test.end();
        test.checkNothingLost();
    }

    /** 65562 bytes, or the largest packet would keep all others waiting for ever. */
    @ParameterizedTest
    @CsvSource({"64, 64, 32, false", "64, 64, 33, true", "64, 32, 64, false", "32, 64, 64, false"})
    void largePacketsComeOnlyWhereThereIsRoomForThem(
            int buffers, int size, int posted, boolean large) throws Exception {
        NetworkCase other = new NetworkCase(Bus.PCI, buffers, 2048);
        other.prepare(
                NetworkFeatures.MRG_RXBUF | NetworkFeatures.GUEST_CSUM | NetworkFeatures.GUEST_TSO4,
                1,
                size);
        other.start(1, posted);
        assertEquals(large, (other.net.offloads() & Offloads.RECEIVE_SEGMENTATION) != 0);
        other.end();
        other.checkNothingLost();
    }
}
