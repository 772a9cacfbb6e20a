package dev.cortado.drivers.virtio.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkBuffers;
import dev.cortado.drivers.virtio.transport.Bus;
import dev.cortado.drivers.virtio.transport.Features;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Senders, a device and a driver's thread, which sleep whenever they may: all packets get out once,
 * and come back in, and nobody sleeps for ever.
 */
@Timeout(60)
final class NetworkThreadsTest {
    private static final int SENDERS = 4;
    private static final int PACKETS = 4000;

    private final Semaphore notified = new Semaphore(0);
    private final Semaphore interrupts = new Semaphore(0);
    private final Semaphore[] room = new Semaphore[SENDERS];
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final int[] next = new int[SENDERS];
    private volatile boolean over;
    private NetworkCase test;

    private Thread start(String name, Work work) {
        return Thread.ofPlatform()
                .daemon()
                .name(name)
                .start(() -> {
                    try {
                        work.run();
                    } catch (InterruptedException e) {
                        // The test is over.
                    } catch (Throwable e) {
                        failure.compareAndSet(null, e);
                    }
                });
    }

    private interface Work {
        void run() throws Exception;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Features.EVENT_IDX, Features.EVENT_IDX | Features.RING_PACKED})
    void allPacketsGetOutAndInOnce(long ofQueues) throws Exception {
        test = new NetworkCase(Bus.PCI, 64, 2048);
        test.prepare(ofQueues, 1, 8);
        test.device.model.notified = queue -> notified.release();
        for (int i = 0; i < SENDERS; i++) {
            room[i] = new Semaphore(0);
        }
        test.start(1, 8);
        Thread device = start("device", this::device);
        Thread driver = start("driver", this::driver);
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            int number = i;
            senders.add(start("sender " + i, () -> send(number)));
        }
        for (Thread sender : senders) {
            sender.join();
        }
        long end = System.nanoTime() + 20_000_000_000L;
        while (test.received.size() < SENDERS * PACKETS && failure.get() == null) {
            assertTrue(System.nanoTime() < end, "only " + test.received.size());
            Thread.sleep(1);
        }
        over = true;
        device.interrupt();
        driver.interrupt();
        device.join();
        driver.join();
        if (failure.get() != null) {
            throw new AssertionError(failure.get());
        }
        test.end();
        test.takeBack(0);
        test.checkNothingLost();
    }

    private void send(int number) throws Exception {
        for (int i = 0; i < PACKETS; i++) {
            byte[] bytes = new byte[60];
            bytes[0] = (byte) number;
            bytes[1] = (byte) i;
            bytes[2] = (byte) (i >> 8);
            NetworkBuffer packet;
            synchronized (test) {
                packet = test.packet(bytes);
            }
            while (test.send(packet) == 0) {
                if (takeBack() == 0) {
                    room[number].acquire();
                }
            }
            takeBack();
        }
    }

    private int takeBack() {
        NetworkBuffer[] batch = new NetworkBuffer[3];
        int count = test.net.queue(0).takeTransmitted(batch);
        for (int i = 0; i < count; i++) {
            NetworkBuffers.give(batch[i]);
        }
        return count;
    }

    /** Whatever is sent comes back in. */
    private void device() throws Exception {
        NetworkModel model = test.device;
        while (!over) {
            byte[] sent = model.takeSent(1);
            if (sent == null) {
                if (model.sleep(1)) {
                    notified.acquire();
                    notified.drainPermits();
                }
                continue;
            }
            int sender = sent[12];
            assertEquals(next[sender]++, sent[13] & 0xff | (sent[14] & 0xff) << 8, "in order");
            int before = model.interrupts[0] + model.interrupts[1];
            byte[] data = Arrays.copyOfRange(sent, 12, sent.length);
            while (!model.deliver(0, new byte[12], data)) {
                if (model.sleep(0)) {
                    notified.acquire();
                    notified.drainPermits();
                }
            }
            model.finishSent(1, 1);
            if (model.interrupts[0] + model.interrupts[1] != before) {
                interrupts.release();
            }
        }
    }

    private void driver() throws Exception {
        while (!over) {
            boolean more = true;
            while (more) {
                more = test.net.service(0);
                synchronized (test.told) {
                    if (test.told.remove("transmitted 0")) {
                        for (Semaphore one : room) {
                            one.release();
                        }
                    }
                }
            }
            interrupts.acquire();
            interrupts.drainPermits();
        }
    }
}
