package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** The machine's CPUs. */
final class ProcessorsTest {
    @Test
    void areAsManyAsTheMachineHas() {
        Integer expected = Integer.getInteger("cortado.cpus");
        assumeTrue(expected != null, "nobody said how many there should be");
        assertEquals(expected, Runtime.getRuntime().availableProcessors());
    }

    /** Threads that wait for each other without ever leaving the CPU by themselves. */
    @Test
    void spinningThreadsHandOver() throws InterruptedException {
        int rounds = 50;
        AtomicInteger turn = new AtomicInteger();
        TestThread other = TestThread.start(() -> spinInTurn(turn, 1, rounds));
        spinInTurn(turn, 0, rounds);
        other.finish();
        assertEquals(2 * rounds, turn.get());
    }

    private static void spinInTurn(AtomicInteger turn, int mine, int rounds) {
        for (int i = 0; i < rounds; i++) {
            while (turn.get() != 2 * i + mine) {
                Thread.onSpinWait();
            }
            turn.incrementAndGet();
        }
    }

    /** Nobody goes on before everybody is there, all of them spinning. */
    @Test
    void oneSpinningThreadForEachOfThem() throws InterruptedException {
        int count = Runtime.getRuntime().availableProcessors();
        AtomicInteger next = new AtomicInteger();
        AtomicIntegerArray rounds = new AtomicIntegerArray(count);
        List<TestThread> threads =
                TestThread.startAll(
                        count,
                        () -> {
                            int mine = next.getAndIncrement();
                            for (int round = 1; round <= 10; round++) {
                                rounds.set(mine, round);
                                for (int other = 0; other < count; other++) {
                                    while (rounds.get(other) < round) {
                                        Thread.onSpinWait();
                                    }
                                }
                            }
                        });
        TestThread.finishAll(threads);
    }
}
