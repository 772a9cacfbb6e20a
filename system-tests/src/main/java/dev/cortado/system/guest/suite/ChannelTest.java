package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.kernel.ipc.Channel;
import dev.cortado.kernel.ipc.EndpointClosedException;
import dev.cortado.kernel.ipc.Receiver;
import dev.cortado.kernel.ipc.Sender;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages through a ring, with both ends waiting for each other. */
final class ChannelTest {
    private final Channel channel = new Channel(256);
    private final Sender sender = channel.sender();
    private final Receiver receiver = channel.receiver();

    @BeforeAll
    static void inAGuest() {
        Guest.required();
    }

    @Test
    void messagesComeOutAsTheyWentIn() throws InterruptedException {
        sender.send(new byte[] {1, 2, 3});
        sender.send(ByteBuffer.allocateDirect(2).put((byte) 4).put((byte) 5).flip());
        assertTrue(sender.offer(new byte[0]));
        assertArrayEquals(new byte[] {1, 2, 3}, receiver.receive());
        assertArrayEquals(new byte[] {4, 5}, receiver.poll());
        assertArrayEquals(new byte[0], receiver.poll());
        assertNull(receiver.poll());
    }

    @Test
    void aFullChannelIsWaitedForOrSaysSo() throws Exception {
        while (sender.offer(new byte[40])) {
            // until it is full
        }
        assertFalse(sender.send(new byte[40], Duration.ofMillis(10)));
        TestThread blocked = TestThread.start(() -> sender.send(new byte[40]));
        receiver.receive();
        blocked.finish();
    }

    @Test
    void whatIsTooLongIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> sender.send(new byte[200]));
        sender.offer(new byte[20]);
        assertThrows(IllegalArgumentException.class, () -> receiver.receive(new byte[10]));
        assertEquals(20, receiver.poll().length);
    }

    @Test
    void anEmptyChannelIsWaitedForUntilTheDeadlineOrAnInterrupt() throws Exception {
        assertNull(receiver.receive(Duration.ofMillis(10)));
        TestThread waiting =
                TestThread.start(() -> assertThrows(InterruptedException.class, receiver::receive));
        waiting.thread().interrupt();
        waiting.finish();
        sender.send(new byte[1]);
        assertEquals(1, receiver.receive().length);
    }

    @Test
    void aClosedChannelCanBeReadToItsEnd() throws Exception {
        sender.send(new byte[1]);
        sender.close();
        assertThrows(EndpointClosedException.class, () -> sender.send(new byte[1]));
        assertEquals(1, receiver.receive().length);
        assertThrows(EndpointClosedException.class, receiver::receive);
    }

    /** Whoever waits at either end, whichever end is closed; before it waits or while it does. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closingWakesBothSides(boolean closesReceiver) throws Exception {
        for (int round = 0; round < 50; round++) {
            Channel one = new Channel(64);
            CountDownLatch ready = new CountDownLatch(2);
            TestThread receiving =
                    TestThread.start(() -> untilClosed(ready, () -> one.receiver().receive()));
            Channel other = new Channel(64);
            TestThread sending =
                    TestThread.start(
                            () -> untilClosed(ready, () -> other.sender().send(new byte[20])));
            Deadline.await(ready);
            for (int i = 0; i < round; i++) {
                Thread.yield();
            }
            close(one, closesReceiver);
            close(other, closesReceiver);
            receiving.finish();
            sending.finish();
        }
    }

    private static void untilClosed(CountDownLatch ready, Executable step) {
        ready.countDown();
        assertThrows(
                EndpointClosedException.class,
                () -> {
                    while (true) {
                        step.execute();
                    }
                });
    }

    private static void close(Channel channel, boolean receiver) {
        if (receiver) {
            channel.receiver().close();
        } else {
            channel.sender().close();
        }
    }

    /** A small ring, so that each end waits for the other again and again. */
    @Test
    void noWakeUpIsLostAndNoByteEither() throws Exception {
        int count = 20_000;
        TestThread sending =
                TestThread.start(() -> {
                    Random random = new Random(1);
                    for (int i = 0; i < count; i++) {
                        byte[] message = new byte[random.nextInt(100)];
                        Arrays.fill(message, (byte) i);
                        sender.send(message);
                    }
                    sender.close();
                });
        Random random = new Random(1);
        for (int i = 0; i < count; i++) {
            byte[] expected = new byte[random.nextInt(100)];
            Arrays.fill(expected, (byte) i);
            byte[] message = receiver.receive(Duration.ofSeconds(Deadline.SECONDS));
            assertTrue(Arrays.equals(expected, message), "message " + i);
        }
        sending.finish();
        assertThrows(EndpointClosedException.class, receiver::receive);
    }
}
