package dev.cortado.drivers.network.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkBuffers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Some senders, a card to which all comes back, and a driver that looks only if interrupted. */
final class CardThreads {
    private static final int SENDERS = 3;
    private static final int PACKETS = 1000;
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final CardCase test;
    private final Semaphore room = new Semaphore(0);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final int[] next = new int[SENDERS];
    private volatile boolean isOver;

    CardThreads(CardCase test) {
        this.test = test;
    }

    private interface Work {
        void run() throws Exception;
    }

    private Thread start(String name, Work work) {
        return Thread.ofPlatform()
                .daemon()
                .name(name)
                .start(() -> {
                    try {
                        work.run();
                    } catch (Throwable e) {
                        failure.compareAndSet(null, e);
                        isOver = true;
                        room.release(SENDERS * PACKETS);
                    }
                });
    }

    void run() throws Exception {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        List<Thread> all = new ArrayList<>();
        all.add(start("card", this::card));
        all.add(start("driver", this::driver));
        for (int i = 0; i < SENDERS; i++) {
            int number = i;
            start("sender " + i, () -> send(number));
        }
        while (test.received.size() < SENDERS * PACKETS && failure.get() == null) {
            assertTrue(System.nanoTime() < deadline, "only " + test.received.size());
            Thread.onSpinWait();
        }
        isOver = true;
        for (Thread thread : all) {
            thread.join();
        }
        if (failure.get() != null) {
            throw new AssertionError(failure.get());
        }
        assertEquals(SENDERS * PACKETS, test.received.size());
    }

    private void send(int number) throws Exception {
        for (int i = 0; i < PACKETS && !isOver; i++) {
            byte[] bytes = new byte[60];
            bytes[0] = (byte) number;
            bytes[1] = (byte) i;
            bytes[2] = (byte) (i >> 8);
            NetworkBuffer packet = take(bytes);
            while (test.send(packet) == 0 && !isOver) {
                if (takeBack() == 0) {
                    room.acquire();
                }
            }
            takeBack();
        }
    }

    /** Buffers that the card is to fill may be all that there are for a moment. */
    private NetworkBuffer take(byte[] bytes) {
        NetworkBuffer packet = test.pool.take();
        while (packet == null) {
            takeBack();
            Thread.yield();
            packet = test.pool.take();
        }
        packet.setData(0, bytes.length);
        test.memory.copyIn(bytes, 0, packet.address(), bytes.length);
        return packet;
    }

    private int takeBack() {
        NetworkBuffer[] batch = new NetworkBuffer[3];
        int count = test.driver.queue(0).takeTransmitted(batch);
        for (int i = 0; i < count; i++) {
            NetworkBuffers.give(batch[i]);
        }
        return count;
    }

    private void card() {
        while (!isOver) {
            List<byte[]> wire = test.model.send(4);
            if (wire.isEmpty()) {
                Thread.yield();
            }
            for (byte[] packet : wire) {
                int sender = packet[0];
                assertEquals(next[sender]++, packet[1] & 0xff | packet[2] << 8, "in order");
                while (!test.model.deliver(packet) && !isOver) {
                    Thread.yield();
                }
            }
        }
    }

    private void driver() throws Exception {
        while (!isOver) {
            if (!test.model.isInterrupting()) {
                Thread.yield();
                continue;
            }
            test.serve();
            while (test.told.remove("transmitted 0")) {
                room.release(SENDERS);
            }
        }
    }
}
