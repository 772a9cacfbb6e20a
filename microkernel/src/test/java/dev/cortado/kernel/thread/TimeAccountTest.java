package dev.cortado.kernel.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeAccountTest {
    private static final long CALLER = 1;
    private static final long SERVER = 2;
    private static final long BACKEND = 3;

    private final TestThreads threads = new TestThreads();
    private final TimeAccount account = new TimeAccount(threads);

    @Test
    void whatAServiceDoesAtOnceIsOnItsCallersAccount() {
        threads.of(CALLER).switchedToAt = 100;
        account.handOver(CALLER, SERVER, 130);
        assertTrue(account.handBack(SERVER, CALLER));
        account.handOver(CALLER, SERVER, 200);
        assertEquals(100, threads.cpuNanos(CALLER));
        assertEquals(0, threads.cpuNanos(SERVER));
    }

    @Test
    void aServiceThatHasWaitedPaysForItself() {
        threads.of(CALLER).switchedToAt = 100;
        account.handOver(CALLER, SERVER, 130);
        account.settle(SERVER, 140); // and waits
        threads.of(SERVER).switchedToAt = 190;
        assertFalse(account.handBack(SERVER, CALLER));
        account.handOver(SERVER, CALLER, 200);
        assertEquals(30, threads.cpuNanos(CALLER));
        assertEquals(20, threads.cpuNanos(SERVER));
    }

    @Test
    void aServiceThatHasAskedForItsTimePaysForItself() {
        account.handOver(CALLER, SERVER, 130);
        account.settle(SERVER, 140);
        assertFalse(account.handBack(SERVER, CALLER));
    }

    @Test
    void aServiceThatCallsAnotherPaysForThat() {
        account.handOver(CALLER, SERVER, 100);
        account.handOver(SERVER, BACKEND, 110);
        assertTrue(account.handBack(BACKEND, SERVER));
        assertFalse(account.handBack(SERVER, CALLER));
        account.handOver(SERVER, CALLER, 150);
        assertEquals(50, threads.cpuNanos(SERVER));
        assertEquals(0, threads.cpuNanos(BACKEND));
    }

    /** However the CPU is handed around, all of its time is paid for, and none of it twice. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void nothingIsLostOrPaidTwice(long seed) {
        Random random = new Random(seed);
        long now = 0;
        long running = CALLER;
        for (int i = 0; i < 10_000; i++) {
            now += random.nextInt(100);
            long next = 1 + (running + random.nextInt(3)) % 4;
            if (!random.nextBoolean() || !account.handBack(running, next)) {
                account.handOver(running, next, now);
            }
            running = next;
        }
        account.settle(running, now);
        long paid = 0;
        for (long thread = 1; thread <= 4; thread++) {
            paid += threads.cpuNanos(thread);
        }
        assertEquals(now, paid);
    }

    @Test
    void whoWaitsForWorkOfItsOwnEarnsNothingByThat() {
        threads.of(CALLER).switchedToAt = 1_000_000;
        account.handOver(CALLER, SERVER, 1_000_000);
        long before = threads.credit(CALLER);
        assertTrue(account.handBack(SERVER, CALLER));
        assertEquals(before, threads.credit(CALLER));
        account.handOver(CALLER, SERVER, 4_000_000);
        assertEquals(before - 3_000_000, threads.credit(CALLER));
    }
}
