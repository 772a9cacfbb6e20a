package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sleeping takes at least the time asked for, whoever else sleeps or runs. */
final class SleepTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 10, 17, 50, 123})
    void isNotTooShort(int milliseconds) throws InterruptedException {
        sleepAndCheck(Duration.ofMillis(milliseconds));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 999, 1_000, 50_000, 999_999, 1_000_001, 3_500_000})
    void nanosecondsAreNotRoundedDown(long nanoseconds) throws InterruptedException {
        sleepAndCheck(Duration.ofNanos(nanoseconds));
    }

    @Test
    void manySleepersOfDifferentLengths() throws InterruptedException {
        List<TestThread> sleepers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Duration time = Duration.ofMillis((i * 17) % 60);
            sleepers.add(TestThread.start(() -> sleepAndCheck(time)));
        }
        TestThread.finishAll(sleepers);
    }

    @Test
    void sleepersWakeWhileAnotherThreadComputes() throws InterruptedException {
        boolean[] stop = {false};
        TestThread spinner =
                TestThread.start(() -> {
                    while (!stopped(stop)) {
                        Thread.onSpinWait();
                    }
                });
        for (int i = 0; i < 5; i++) {
            sleepAndCheck(Duration.ofMillis(3));
        }
        synchronized (stop) {
            stop[0] = true;
        }
        spinner.finish();
    }

    private static boolean stopped(boolean[] stop) {
        synchronized (stop) {
            return stop[0];
        }
    }

    @Test
    void negativeTimeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Thread.sleep(-1));
        assertThrows(IllegalArgumentException.class, () -> Thread.sleep(1, 1_000_000));
    }

    @Test
    void timeUnitsSleepToo() throws InterruptedException {
        long begin = System.nanoTime();
        TimeUnit.MICROSECONDS.sleep(1500);
        assertTrue(System.nanoTime() - begin >= 1_500_000);
    }

    private static void sleepAndCheck(Duration time) throws InterruptedException {
        long begin = System.nanoTime();
        Thread.sleep(time);
        long slept = System.nanoTime() - begin;
        assertTrue(slept >= time.toNanos(), () -> slept + " ns instead of " + time);
    }
}
