package dev.cortado.kernel.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FairLockTest {
    private final FairLock lock = new FairLock();

    @Test
    void aLockThatNobodyWantsIsTakenAndGivenBack() {
        assertTrue(lock.tryTake());
        assertFalse(lock.tryTake());
        assertTrue(lock.tryRelease());
        assertTrue(lock.tryTake());
    }

    @Test
    void theNextOneIsBehindTheLastOne() {
        assertEquals(3, FairLock.after(2, 0b1001));
        assertEquals(0, FairLock.after(3, 0b1001));
        assertEquals(3, FairLock.after(0, 0b1001));
        assertEquals(63, FairLock.after(5, 1L << 63 | 1));
        assertEquals(0, FairLock.after(63, 1L << 63 | 1));
        assertEquals(63, FairLock.after(63, 1L << 63));
    }

    /** Real CPUs, as many as want to. */
    @Test
    void oneAtATime() throws InterruptedException {
        int cpus = 6;
        int rounds = 20_000;
        long[] sum = new long[1];
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < cpus; i++) {
            int self = i;
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                for (int j = 0; j < rounds; j++) {
                                    if (!lock.tryTake()) {
                                        while (!lock.await(self, new Spinning())) {
                                            Thread.yield();
                                        }
                                    }
                                    sum[0]++;
                                    if (!lock.tryRelease()) {
                                        assertEquals(FairLock.NOBODY, lock.release());
                                    }
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals((long) cpus * rounds, sum[0]);
    }

    /** Somebody who waits but never has the CPU while others do. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void eachHasItInTurn(long seed) throws InterruptedException {
        Model model = new Model(seed, 12, false);
        model.run(12 * 40);
        assertEquals(0, model.violations);
        // All others once, and whoever had it.
        assertTrue(model.mostOvertaken <= 12, "overtaken " + model.mostOvertaken + " times");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void sleepersAreWokenAndHaveTheirTurn(long seed) throws InterruptedException {
        Model model = new Model(seed, 12, true);
        model.holdFor = 4 * FairLock.LOOKS;
        model.run(12 * 10);
        assertEquals(0, model.violations);
        assertTrue(model.slept > 0, "nobody slept");
        assertTrue(model.leastTaken > 0, "somebody never had it");
    }

    /** The hypervisor has stopped a CPU, which is then invited: the others go on without it. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStoppedCpuDoesNotStopTheOthers(boolean sleeps) throws InterruptedException {
        for (long seed = 1; seed <= 5; seed++) {
            Model model = new Model(seed, 8, sleeps);
            model.stopped = 3;
            model.run(8 * 20);
            assertEquals(0, model.violations);
            assertTrue(model.taken >= 8 * 20, "taken " + model.taken);
        }
    }

    private static final class Spinning implements SpinWait {
        @Override
        public void pause() {
            Thread.onSpinWait();
        }

        @Override
        public boolean sleeps() {
            return false;
        }

        @Override
        public void yield() {}

        @Override
        public void wake(Processor processor) {}
    }

    /** CPUs of which one runs at a time, until its next pause; which one is next is random. */
    private final class Model implements SpinWait {
        private final Random random;
        private final boolean sleeps;
        private final Semaphore[] turns;
        private final boolean[] asleep;
        private final boolean[] waits;
        private final boolean[] ended;
        private final int[] overtaken;
        private final int[] takenBy;
        private int current;
        private int holder = -1;
        private int wanted;

        /** While it waits, this CPU does not run; -1: all run. */
        int stopped = -1;

        int holdFor = 3;
        int taken;
        int slept;
        int violations;
        int mostOvertaken;
        int leastTaken;

        Model(long seed, int cpus, boolean sleeps) {
            random = new Random(seed);
            this.sleeps = sleeps;
            turns = new Semaphore[cpus];
            asleep = new boolean[cpus];
            waits = new boolean[cpus];
            ended = new boolean[cpus];
            overtaken = new int[cpus];
            takenBy = new int[cpus];
            for (int i = 0; i < cpus; i++) {
                turns[i] = new Semaphore(0);
            }
        }

        void run(int acquisitions) throws InterruptedException {
            wanted = acquisitions;
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < turns.length; i++) {
                int self = i;
                threads.add(Thread.ofPlatform().daemon().start(() -> use(self)));
            }
            turns[0].release();
            for (int i = 0; i < turns.length; i++) {
                if (i != stopped) {
                    threads.get(i).join(60_000);
                    assertFalse(threads.get(i).isAlive(), "CPU " + i + " waits for ever");
                }
            }
            leastTaken = Integer.MAX_VALUE;
            for (int count : takenBy) {
                leastTaken = Math.min(leastTaken, count);
            }
        }

        private void use(int self) {
            turns[self].acquireUninterruptibly();
            while (taken < wanted) {
                if (!lock.tryTake()) {
                    waits[self] = true;
                    overtaken[self] = 0;
                    while (!lock.await(self, this)) {
                        if (sleeps && lock.maySleep(self)) {
                            slept++;
                            asleep[self] = true;
                            pause();
                        }
                    }
                    waits[self] = false;
                }
                hold(self);
                int sleeper = lock.tryRelease() ? FairLock.NOBODY : lock.release();
                if (sleeper != FairLock.NOBODY) {
                    asleep[sleeper] = false;
                }
                pause();
            }
            ended[self] = true;
            next();
        }

        private void hold(int self) {
            violations += holder < 0 ? 0 : 1;
            holder = self;
            taken++;
            takenBy[self]++;
            for (int i = 0; i < waits.length; i++) {
                mostOvertaken = Math.max(mostOvertaken, waits[i] ? ++overtaken[i] : 0);
            }
            for (int i = 0; i < holdFor; i++) {
                pause();
            }
            holder = -1;
        }

        @Override
        public void pause() {
            int self = current;
            next();
            turns[self].acquireUninterruptibly();
        }

        private void next() {
            List<Integer> ready = new ArrayList<>();
            for (int i = 0; i < turns.length; i++) {
                if (!ended[i] && !asleep[i] && !(i == stopped && waits[i])) {
                    ready.add(i);
                }
            }
            // If all that are left sleep, they sleep for ever.
            if (!ready.isEmpty()) {
                current = ready.get(random.nextInt(ready.size()));
                turns[current].release();
            }
        }

        @Override
        public boolean sleeps() {
            return sleeps;
        }

        @Override
        public void yield() {}

        @Override
        public void wake(Processor processor) {}
    }
}
