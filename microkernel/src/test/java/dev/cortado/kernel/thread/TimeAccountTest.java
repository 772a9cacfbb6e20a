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

    private void assertPaid(long caller, long server, long backend) {
        assertEquals(caller, threads.cpuNanos(CALLER), "caller");
        assertEquals(server, threads.cpuNanos(SERVER), "server");
        assertEquals(backend, threads.cpuNanos(BACKEND), "backend");
    }

    @Test
    void whatAServiceDoesAtOnceIsOnItsCallersAccount() {
        threads.of(CALLER).switchedToAt = 100;
        account.lend(CALLER, SERVER);
        assertTrue(account.giveBack(SERVER, CALLER));
        account.settle(CALLER, 200);
        assertPaid(100, 0, 0);
    }

    /** Not for what its caller has done before it called. */
    @Test
    void aServiceThatHasWaitedPaysForItselfFromThereOn() {
        threads.of(CALLER).switchedToAt = 100;
        account.lend(CALLER, SERVER);
        account.settle(SERVER, 140); // and waits
        threads.of(SERVER).switchedToAt = 190;
        assertFalse(account.giveBack(SERVER, CALLER));
        account.settleBetween(SERVER, CALLER, 200);
        account.settle(CALLER, 205);
        assertPaid(45, 10, 0);
    }

    @Test
    void aServiceThatHasBeenAskedForItsTimePaysFromThereOn() {
        account.lend(CALLER, SERVER);
        account.settle(SERVER, 140);
        assertFalse(account.giveBack(SERVER, CALLER));
        account.settleBetween(SERVER, CALLER, 150);
        assertPaid(140, 10, 0);
    }

    @Test
    void aServiceThatCallsAnotherPassesItsCallersAccountOn() {
        account.lend(CALLER, SERVER);
        account.lend(SERVER, BACKEND);
        assertTrue(account.giveBack(BACKEND, SERVER));
        assertTrue(account.giveBack(SERVER, CALLER));
        account.settle(CALLER, 150);
        assertPaid(150, 0, 0);
    }

    @Test
    void aServiceWhoseServiceHasWaitedPaysForItself() {
        account.lend(CALLER, SERVER);
        account.lend(SERVER, BACKEND);
        account.settle(BACKEND, 110);
        assertFalse(account.giveBack(BACKEND, SERVER));
        account.settleBetween(BACKEND, SERVER, 120);
        assertFalse(account.giveBack(SERVER, CALLER));
        account.settleBetween(SERVER, CALLER, 150);
        assertPaid(110, 30, 10);
    }

    /** As when it has timed out and ended: {@link ThreadSwitch#paysNoMore}. */
    @Test
    void aServiceWhoseCallerIsGonePaysForItself() {
        account.lend(CALLER, SERVER);
        threads.of(SERVER).payer = 0;
        assertFalse(account.giveBack(SERVER, BACKEND));
        account.settleBetween(SERVER, BACKEND, 70);
        assertPaid(0, 70, 0);
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
            if (random.nextBoolean()) {
                account.lend(running, next);
            } else if (!account.giveBack(running, next)) {
                account.settleBetween(running, next, now);
            }
            assertEquals(0, threads.payer(running), "waits, and runs on somebody's account");
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
    void whoWaitsForWorkOnItsAccountEarnsNothingByThat() {
        threads.of(CALLER).switchedToAt = 1_000_000;
        account.lend(CALLER, SERVER);
        long before = threads.credit(CALLER);
        assertTrue(account.giveBack(SERVER, CALLER));
        assertEquals(before, threads.credit(CALLER));
        account.settle(CALLER, 4_000_000);
        assertEquals(before - 3_000_000, threads.credit(CALLER));
    }

    @Test
    void aServiceEarnsCreditByWaitingForACall() {
        threads.of(SERVER).blockedAt = 100_000;
        threads.of(CALLER).switchedToAt = 500_000;
        account.lend(CALLER, SERVER);
        assertEquals(100_000, threads.credit(SERVER));
    }
}
