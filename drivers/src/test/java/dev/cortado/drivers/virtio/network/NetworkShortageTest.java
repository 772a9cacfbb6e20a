package dev.cortado.drivers.virtio.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.network.Allocation;
import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkBuffers;
import dev.cortado.drivers.network.NetworkQueue;
import dev.cortado.drivers.network.NetworkSettings;
import dev.cortado.drivers.virtio.transport.Bus;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.drivers.virtio.transport.VirtioTransport;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where memory lacks nothing is lost, and the driver goes on, or ends. */
@Timeout(60)
final class NetworkShortageTest {
    private static final int BUFFERS = 2;
    private static final int DRIVER_OK = 4;
    private static final int ROUNDS = 10;

    private final NetworkBuffer[] batch = new NetworkBuffer[BUFFERS];
    private NetworkCase test;
    private boolean isShort;

    private void start(int buffers) throws Exception {
        test = new NetworkCase(Bus.PCI, buffers, 2048);
        test.prepare(0, 1, 16);
        test.start(1, BUFFERS);
    }

    /** A transport that lacks memory for a status, as soon as a test says so. */
    private VirtioTransport lacking(IntPredicate status) throws Exception {
        VirtioTransport transport = Bus.PCI.transport(test.device.model);
        return (VirtioTransport)
                Proxy.newProxyInstance(
                        VirtioTransport.class.getClassLoader(),
                        new Class<?>[] {VirtioTransport.class},
                        (proxy, called, values) -> {
                            if (isShort
                                    && called.getName().equals("setStatus")
                                    && status.test((int) values[0])) {
                                throw new OutOfMemoryError("test");
                            }
                            try {
                                return called.invoke(transport, values);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    /** A test that ended with such an error itself would be the end of all others. */
    private int receive(NetworkQueue queue) throws IOException {
        try {
            return queue.receive(batch);
        } catch (OutOfMemoryError e) {
            throw new AssertionError("what has come is lost", e);
        }
    }

    /** There is none because memory lacks, as a rule. */
    @Test
    void aQueueThatFindsNoBufferNeedsNoMemoryToHearOfTheNext() throws Exception {
        start(BUFFERS);
        NetworkQueue queue = test.net.queue(0);
        long allocated = 0;
        for (int i = 0; i < ROUNDS; i++) {
            assertTrue(test.device.deliver(0, new byte[12], new byte[60]));
            allocated =
                    Allocation.of(() -> {
                        assertEquals(1, queue.receive(batch));
                        NetworkBuffers.give(batch[0]);
                    });
            assertEquals(0, test.pool.free(), "the device has both");
        }
        assertEquals(0, allocated);
    }

    @Test
    void whatHasComeIsNotLostWhereMemoryLacksAfterwards() throws Exception {
        start(BUFFERS + 1);
        NetworkQueue queue = test.net.queue(0);
        assertTrue(test.device.deliver(0, new byte[12], new byte[60]));
        test.device.sleep(0);
        test.device.model.notified =
                number -> {
                    throw new OutOfMemoryError("test");
                };
        assertEquals(1, receive(queue));
        test.device.model.notified = number -> {};
        NetworkBuffers.give(batch[0]);
        test.end();
        assertEquals(BUFFERS + 1, test.pool.free());
        test.checkNothingLost();
    }

    @Test
    void aDriverThatCannotStartForWantOfMemoryGivesAllBack() throws Exception {
        isShort = true;
        assertThrows(OutOfMemoryError.class, () -> open(status -> (status & DRIVER_OK) != 0));
        assertEquals(BUFFERS, test.pool.free());
    }

    private VirtioNet open(IntPredicate status) throws Exception {
        test = new NetworkCase(Bus.PCI, BUFFERS, 2048);
        test.prepare(0, 1, 16);
        VirtioDevice device = new VirtioDevice(lacking(status), test.memory, test.frames, ms -> {});
        NetworkSettings settings = new NetworkSettings(test.pool, 1, 1, NetworkCase.OWN_MAC);
        return new VirtioNet(device, settings, test, ms -> {});
    }

    /** It may still write to what it has; the rest is not given to it. */
    @Test
    void aDriverThatCannotResetItsDeviceForWantOfMemoryIsAtItsEnd() throws Exception {
        VirtioNet net = open(status -> status == 0);
        NetworkBuffer users = test.pool.take();
        isShort = true;
        try {
            net.abort(new IOException("the first"));
            net.close();
        } catch (OutOfMemoryError e) {
            throw new AssertionError("it goes on", e);
        }
        assertFalse(net.isUsable());
        IOException e = assertThrows(IOException.class, net::checkUsable);
        assertEquals("the first", e.getMessage());
        NetworkBuffers.give(users);
        assertEquals(1, test.pool.lost());
        assertEquals(BUFFERS - 1, test.pool.free());
    }
}
