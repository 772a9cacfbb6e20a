package dev.cortado.system.guest.stress;

import java.util.List;
import java.util.Random;

/**
 * All of {@code java.util.concurrent} in turn, for a number of seconds: every round checks its
 * result, and after the last one as much is in use as after the first tenth of the time.
 */
public final class ConcurrencyStress {
    /** One round of something that waits and wakes. */
    interface Round {
        void run(Random random) throws Exception;
    }

    private static final List<Round> ROUNDS =
            List.of(
                    LockRounds::reentrant,
                    LockRounds::monitor,
                    LockRounds::stamped,
                    LockRounds::conditions,
                    QueueRounds::bounded,
                    QueueRounds::synchronous,
                    QueueRounds::transfer,
                    QueueRounds::exchange,
                    TaskRounds::executor,
                    TaskRounds::futures,
                    TaskRounds::forkJoin,
                    TaskRounds::phaser,
                    TaskRounds::timers,
                    TaskRounds::platformThreads,
                    TaskRounds::virtualThreads);

    private static final int WARM_UP = 4;

    /**
     * So often memory may have grown in a run of less than a minute, whose tenth is too short for
     * every queue to have been as long as it will ever be. A longer run is to end as it began.
     */
    private static final int PERIODS = 4;

    private static final int NANOS_PER_SECOND = 1_000_000_000;
    private static final int MINUTE = 60;

    private static long rounds;

    private ConcurrencyStress() {}

    /**
     * Prints a line a minute and one at the end.
     *
     * @param seconds how long at least
     */
    public static void run(int seconds) throws Exception {
        Random random = new Random(seconds);
        // Until pools have their threads, these the stacks that they need, and queues the arrays:
        // a fork-join pool's queue never shrinks.
        TaskRounds.fullestQueue();
        for (int i = 0; i < WARM_UP; i++) {
            each(random);
        }
        load(random, seconds / 10.0);
        Usage before = Usage.now();
        Usage after = period(random, seconds);
        // What grows once, as a queue's array does, grows no more; a leak grows each time.
        int repetitions = seconds < MINUTE ? PERIODS : 0;
        for (int i = 0; i < repetitions && !after.isAsBefore(before); i++) {
            System.out.println("grown:  " + before);
            before = after;
            after = period(random, seconds);
        }
        System.out.println("before: " + before);
        System.out.println("after:  " + after);
        after.requireAsBefore(before);
        System.out.println("concurrency stress passed");
    }

    private static Usage period(Random random, int seconds) throws Exception {
        load(random, seconds);
        each(random);
        return Usage.now();
    }

    private static void load(Random random, double seconds) throws Exception {
        long start = System.nanoTime();
        long nextReport = 1;
        double passed = 0;
        while (passed < seconds) {
            ROUNDS.get(random.nextInt(ROUNDS.size())).run(random);
            rounds++;
            passed = (double) (System.nanoTime() - start) / NANOS_PER_SECOND;
            if (passed > nextReport * MINUTE) {
                System.out.println(rounds + " rounds, " + Usage.now());
                nextReport++;
            }
        }
    }

    private static void each(Random random) throws Exception {
        for (Round round : ROUNDS) {
            round.run(random);
        }
    }
}
