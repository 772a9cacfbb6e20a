package dev.cortado.system.guest.stress;

import java.util.List;
import java.util.Random;

/**
 * All of {@code java.util.concurrent} in turn, for a number of seconds: every round checks its
 * result, and after the last one as much is in use as after the first.
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

    private ConcurrencyStress() {}

    /**
     * Prints a line a minute and one at the end.
     *
     * @param seconds how long at least
     */
    public static void run(int seconds) throws Exception {
        Random random = new Random(seconds);
        // Until pools have their threads and these the stacks that they need.
        for (int i = 0; i < WARM_UP; i++) {
            each(random);
        }
        Usage before = Usage.now();
        long start = System.nanoTime();
        long end = start + seconds * 1_000_000_000L;
        long rounds = 0;
        long nextReport = start;
        while (System.nanoTime() < end) {
            ROUNDS.get(random.nextInt(ROUNDS.size())).run(random);
            rounds++;
            if (System.nanoTime() > nextReport) {
                System.out.println(rounds + " rounds, " + Usage.now());
                nextReport += 60_000_000_000L;
            }
        }
        each(random);
        Usage after = Usage.now();
        System.out.println("before: " + before);
        System.out.println("after:  " + after);
        after.requireAsBefore(before);
        System.out.println("concurrency stress passed");
    }

    private static void each(Random random) throws Exception {
        for (Round round : ROUNDS) {
            round.run(random);
        }
    }
}
