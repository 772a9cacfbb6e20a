package dev.cortado.kernel.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.kernel.memory.HostMemory;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A channel between two threads of the host. */
final class ChannelThreadsTest {
    private static final long BASE = HostMemory.BASE;

    private static byte at(int message, int index) {
        return (byte) (message * 31 + index);
    }

    /** What a side waits with: a lost notification lets it wait for ever. */
    private static final class Notification {
        private final Semaphore signals = new Semaphore(0);
        int sent;

        void signal() {
            sent++;
            signals.release();
        }

        void await() throws InterruptedException {
            if (!signals.tryAcquire(20, TimeUnit.SECONDS)) {
                throw new AssertionError("a notification was lost");
            }
            signals.drainPermits();
        }
    }

    private record Sides(
            ChannelSender sender,
            ChannelReceiver receiver,
            Notification messages,
            Notification room,
            int maximum,
            long seed) {

        void send(int count, boolean wait) throws InterruptedException {
            Random random = new Random(seed);
            byte[] bytes = new byte[maximum];
            for (int message = 0; message < count; message++) {
                int length = random.nextInt(maximum + 1);
                for (int i = 0; i < length; i++) {
                    bytes[i] = at(message, i);
                }
                while (sender.offer(bytes, 0, length) != ChannelSender.READY) {
                    if (sender.isCorrupt()) {
                        throw new AssertionError("the sender saw a wrong head");
                    }
                    if (!wait) {
                        Thread.yield();
                    } else if (sender.wantRoom(length) == ChannelSender.WAIT) {
                        room.await();
                    }
                }
                if (wait && sender.mustNotify()) {
                    messages.signal();
                }
            }
        }

        void receive(int count, boolean wait) throws InterruptedException {
            Random random = new Random(seed);
            byte[] bytes = new byte[maximum];
            for (int message = 0; message < count; message++) {
                int length = receiver.poll(bytes, 0, maximum);
                while (length < 0) {
                    if (receiver.isCorrupt()) {
                        throw new AssertionError("the receiver saw a wrong tail or record");
                    }
                    if (!wait) {
                        Thread.yield();
                    } else if (receiver.wantMessage() == ChannelReceiver.WAIT) {
                        messages.await();
                    }
                    length = receiver.poll(bytes, 0, maximum);
                }
                assertEquals(random.nextInt(maximum + 1), length);
                for (int i = 0; i < length; i++) {
                    if (bytes[i] != at(message, i)) {
                        throw new AssertionError("message " + message + " differs at " + i);
                    }
                }
                if (wait && receiver.mustNotify()) {
                    room.signal();
                }
            }
        }
    }

    private static Sides sides(int capacity, long seed) {
        HostMemory memory = new HostMemory(ChannelLayout.bytes(capacity));
        return new Sides(
                new ChannelSender(memory, BASE, capacity),
                new ChannelReceiver(memory, BASE, capacity),
                new Notification(),
                new Notification(),
                ChannelLayout.maximumMessageBytes(capacity),
                seed);
    }

    private static void run(Sides sides, int count, boolean wait) throws Exception {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        sides.send(count, wait);
                        sent.complete(null);
                    } catch (Throwable failure) {
                        sent.completeExceptionally(failure);
                    }
                });
        sides.receive(count, wait);
        sent.get(20, TimeUnit.SECONDS);
        assertEquals(ChannelReceiver.EMPTY, sides.receiver.next());
    }

    @ParameterizedTest
    @CsvSource({"64,200000,1", "256,200000,2", "65536,2000,3"})
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void bothPoll(int capacity, int count, long seed) throws Exception {
        run(sides(capacity, seed), count, false);
    }

    @ParameterizedTest
    @CsvSource({"64,100000,1", "128,100000,2", "1024,50000,3"})
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void bothWait(int capacity, int count, long seed) throws Exception {
        Sides sides = sides(capacity, seed);
        run(sides, count, true);
        assertTrue(sides.messages.sent + sides.room.sent > 0, "nobody ever waited");
        assertTrue(sides.messages.sent <= count, "more notifications than messages");
    }
}
