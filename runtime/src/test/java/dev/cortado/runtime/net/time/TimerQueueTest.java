package dev.cortado.runtime.net.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TimerQueueTest {
    private final List<Integer> expired = new ArrayList<>();
    private final TimerQueue queue = new TimerQueue();

    private final class Numbered extends Timer {
        final int number;
        long fired = -1;

        Numbered(int number) {
            this.number = number;
        }

        @Override
        protected void expired(long now) {
            expired.add(number);
            fired = now;
        }
    }

    @Test
    void theEarliestIsFirst() {
        Numbered a = new Numbered(1);
        Numbered b = new Numbered(2);
        Numbered c = new Numbered(3);
        queue.set(a, 30);
        queue.set(b, 10);
        queue.set(c, 20);
        assertEquals(10, queue.nextDelay(0));
        assertEquals(0, queue.expire(9));
        assertEquals(2, queue.expire(20));
        assertEquals(List.of(2, 3), expired);
        assertTrue(a.isSet());
        assertFalse(b.isSet());
        queue.cancel(a);
        assertEquals(TimerQueue.NEVER, queue.nextDelay(20));
        assertEquals(0, queue.count());
    }

    @Test
    void aTimerSetLaterWaits() {
        Numbered a = new Numbered(1);
        queue.set(a, 10);
        queue.set(a, 50);
        assertEquals(0, queue.expire(20));
        assertTrue(a.isSet());
        assertEquals(30, queue.nextDelay(20));
        assertEquals(1, queue.expire(50));
    }

    @Test
    void onlyAnEarlierFirstDeadlineWakes() {
        int[] woken = {0};
        TimerQueue waking = new TimerQueue(() -> woken[0]++);
        Numbered a = new Numbered(1);
        waking.set(a, 100);
        waking.set(new Numbered(2), 200);
        assertEquals(1, woken[0]);
        waking.set(a, 300);
        assertEquals(1, woken[0]);
        waking.set(new Numbered(3), 50);
        assertEquals(2, woken[0]);
    }

    /** A clock may begin anywhere, and go past the end of its numbers. */
    @Test
    void timesAreComparedByTheirDifference() {
        long start = Long.MAX_VALUE - 5;
        queue.set(new Numbered(1), start + 10);
        queue.set(new Numbered(2), start + 3);
        assertEquals(0, queue.expire(start));
        assertEquals(1, queue.expire(start + 4));
        assertEquals(1, queue.expire(start + 11));
        assertEquals(List.of(2, 1), expired);
    }

    @Test
    void anOwnerWhoSetsItToThePastDoesNotHoldUp() {
        Timer again =
                new Timer() {
                    @Override
                    protected void expired(long now) {
                        queue.set(this, now - 1);
                    }
                };
        queue.set(again, 0);
        assertEquals(1, queue.expire(10));
        assertEquals(1, queue.expire(10));
    }

    @Test
    void agreesWithAModel() {
        Random random = new Random(11);
        List<Numbered> timers = new ArrayList<>();
        long[] deadlines = new long[200];
        for (int i = 0; i < deadlines.length; i++) {
            timers.add(new Numbered(i));
            deadlines[i] = -1;
        }
        long now = 0;
        for (int i = 0; i < 300_000; i++) {
            int which = random.nextInt(deadlines.length);
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    deadlines[which] = now + random.nextInt(1, 500);
                    queue.set(timers.get(which), deadlines[which]);
                }
                case 2 -> {
                    deadlines[which] = -1;
                    queue.cancel(timers.get(which));
                }
                default -> {
                    now += random.nextInt(4);
                    expired.clear();
                    queue.expire(now);
                    int due = 0;
                    for (int t = 0; t < deadlines.length; t++) {
                        if (deadlines[t] >= 0 && deadlines[t] <= now) {
                            due++;
                            assertTrue(expired.contains(t));
                            deadlines[t] = -1;
                        }
                    }
                    assertEquals(due, expired.size());
                }
            }
        }
    }
}
