package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.kernel.ipc.Notification;
import dev.cortado.kernel.ipc.Signal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Signals: none is lost. */
final class NotificationTest {
    private final Notification notification = new Notification();

    @BeforeAll
    static void inAGuest() {
        Guest.required();
    }

    @Test
    void aSignalStaysUntilItIsWaitedFor() throws InterruptedException {
        notification.signal(5);
        notification.signal(4);
        assertEquals(4, notification.await(6));
        assertEquals(1, notification.poll(Notification.ANY));
        assertEquals(0, notification.poll(Notification.ANY));
    }

    @Test
    void aWaitEndsWithASignalOfItsMaskOnly() throws Exception {
        TestThread waiter = TestThread.start(() -> assertEquals(2, notification.await(2)));
        Thread.sleep(5);
        notification.signal(1);
        Thread.sleep(5);
        assertTrue(waiter.thread().isAlive());
        notification.signal(2);
        waiter.finish();
        assertEquals(1, notification.poll(Notification.ANY));
    }

    @Test
    void aWaitTimesOut() throws InterruptedException {
        long begin = System.nanoTime();
        assertEquals(0, notification.await(Notification.ANY, Duration.ofMillis(20)));
        assertTrue(System.nanoTime() - begin >= 20_000_000);
        assertEquals(0, notification.await(Notification.ANY, Duration.ZERO));
    }

    @Test
    void anInterruptEndsAWait() throws Exception {
        TestThread waiter =
                TestThread.start(() ->
                        assertThrows(
                                InterruptedException.class,
                                () -> notification.await(Notification.ANY)));
        Thread.sleep(5);
        waiter.thread().interrupt();
        waiter.finish();
        notification.signal(1);
        assertEquals(1, notification.poll(1));
    }

    @Test
    void aRestrictedRightSignalsNothingElse() {
        Signal signal = notification.restrictedTo(1);
        signal.signal(3);
        assertEquals(1, notification.poll(Notification.ANY));
    }

    /** Each side goes on only when the other has signalled: one lost wake-up, and both stand. */
    @Test
    void noWakeUpIsLost() throws Exception {
        Notification back = new Notification();
        AtomicLong rounds = new AtomicLong();
        TestThread other =
                TestThread.start(() -> {
                    for (int i = 0; i < 5_000; i++) {
                        notification.await(Notification.ANY);
                        back.signal(1);
                    }
                });
        for (int i = 0; i < 5_000; i++) {
            notification.signal(1);
            assertEquals(1, back.await(1, Duration.ofSeconds(Deadline.SECONDS)));
            rounds.incrementAndGet();
        }
        other.finish();
        assertEquals(5_000, rounds.get());
    }

    /** A deadline and a signal at the same time: the signal is received, or still there. */
    @Test
    void aDeadlineTakesNoSignalAlong() throws Exception {
        for (int i = 0; i < 300; i++) {
            long nanos = i * 1_000L;
            AtomicLong got = new AtomicLong();
            TestThread waiter =
                    TestThread.start(() -> got.set(notification.await(1, Duration.ofNanos(nanos))));
            notification.signal(1);
            waiter.finish();
            assertEquals(1, got.get() | notification.poll(1));
        }
    }
}
