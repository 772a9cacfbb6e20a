package dev.cortado.kernel.thread;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;

/**
 * A CPU in virtual time that runs threads as {@link Turns} and {@link WaitingCredit} say, calling
 * them as the scheduler does.
 */
final class SimulatedProcessor {
    private static final long IDLE = 1_000_000;

    /** A thread, and what has become of it. */
    static final class Simulated {
        final long id;
        private final LongSupplier burst;
        private final LongSupplier pause;

        /** How long it still runs before it waits, by itself. */
        private long untilPause;

        private long wakeAt;
        private long waitsSince;
        private long blockedAt;

        long ran;
        long turns;
        long longestWait;

        private Simulated(long id, LongSupplier burst, LongSupplier pause) {
            this.id = id;
            this.burst = burst;
            this.pause = pause;
        }
    }

    private final TestThreads fields = new TestThreads();
    private final Turns turns = new Turns(fields);
    private final WaitingCredit credit = new WaitingCredit(fields);
    private final Map<Long, Simulated> threads = new HashMap<>();
    private final PriorityQueue<Simulated> sleeping =
            new PriorityQueue<>(
                    Comparator.<Simulated>comparingLong(t -> t.wakeAt)
                            .thenComparingLong(t -> t.id));
    private final Simulated idle;
    private Simulated running;
    private long switchedAt;
    private long now = 10_000_000_000L;

    SimulatedProcessor() {
        idle = new Simulated(IDLE, () -> Long.MAX_VALUE, () -> 0);
        fields.of(IDLE).level = -1;
        fields.of(IDLE).baseLevel = -1;
        idle.untilPause = Long.MAX_VALUE;
        running = idle;
    }

    /** One that never waits. */
    Simulated addSpinner(int level) {
        return add(level, () -> Long.MAX_VALUE / 2, () -> 0);
    }

    /** One that runs and waits in turn, for so many nanoseconds each. */
    Simulated add(int level, LongSupplier burst, LongSupplier pause) {
        Simulated thread = new Simulated(threads.size() + 1, burst, pause);
        threads.put(thread.id, thread);
        fields.of(thread.id).level = level;
        fields.of(thread.id).baseLevel = level;
        thread.blockedAt = now;
        thread.wakeAt = now;
        sleeping.add(thread);
        return thread;
    }

    List<Simulated> addSpinners(int count, int level) {
        List<Simulated> added = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            added.add(addSpinner(level));
        }
        return added;
    }

    void run(long nanos) {
        long until = now + nanos;
        while (now < until) {
            long pauseAt = running == idle ? Long.MAX_VALUE : now + running.untilPause;
            long wakeAt = sleeping.isEmpty() ? Long.MAX_VALUE : sleeping.peek().wakeAt;
            long due = Math.min(Math.min(pauseAt, wakeAt), turns.end());
            long next = Math.max(now, Math.min(due, until));
            running.untilPause -= running == idle ? 0 : next - now;
            running.ran += next - now;
            now = next;
            if (running != idle && running.untilPause == 0) {
                Simulated thread = running;
                thread.blockedAt = now;
                thread.wakeAt = now + thread.pause.getAsLong();
                sleeping.add(thread);
                switchToNext();
            } else if (wakeAt <= now) {
                wake(sleeping.poll());
            } else if (turns.end() <= now) {
                giveWay();
            }
        }
        threads.values().forEach(this::noteWait);
    }

    private void wake(Simulated thread) {
        credit.earn(thread.id, now - thread.blockedAt);
        thread.untilPause = thread.burst.getAsLong();
        thread.waitsSince = now;
        turns.add(thread.id, now);
        if (turns.cutsShort(thread.id, running.id)) {
            giveWay();
        } else {
            turns.othersWait(now);
        }
    }

    private void giveWay() {
        if (running != idle) {
            running.waitsSince = now;
            turns.giveWay(running.id, now, now - switchedAt);
        }
        switchToNext();
    }

    private void switchToNext() {
        long id = turns.takeNext(now);
        Simulated next = id == RunQueue.NONE ? idle : threads.get(id);
        turns.begin(next.id, now, false);
        if (next != running) {
            credit.spend(running.id, now - switchedAt);
            switchedAt = now;
        }
        noteWait(next);
        next.waitsSince = 0;
        next.turns++;
        running = next;
    }

    private void noteWait(Simulated thread) {
        if (thread.waitsSince != 0) {
            thread.longestWait = Math.max(thread.longestWait, now - thread.waitsSince);
        }
    }
}
