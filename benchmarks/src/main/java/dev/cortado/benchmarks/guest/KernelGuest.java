package dev.cortado.benchmarks.guest;

import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.thread.KernelThreads;
import dev.cortado.kernel.thread.Scheduler;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * How long the kernel takes: a line {@code LATENCY name p50 p99 max unit} for each figure, for
 * {@code ./bench kernel}.
 */
public final class KernelGuest {
    private static final int SWITCHES = 20_000;
    private static final int TIMERS = 300;
    private static final int SAFEPOINTS = 200;
    private static final int WARM_UP = 200;
    private static final long TIMER_NANOS = 2_000_000;
    private static final int IDLE_SECONDS = 10;

    private static volatile long handedOverAt;
    private static volatile boolean stop;
    private static volatile long sink;

    private KernelGuest() {}

    /** Measures everything once. */
    public static void main(String[] arguments) throws Exception {
        contextSwitch();
        timer();
        safepoint(1);
        int cpus = Runtime.getRuntime().availableProcessors();
        if (cpus > 1) {
            safepoint(cpus);
        }
        idle();
    }

    /** Two threads on one CPU yield to each other; each reads when the other let go. */
    private static void contextSwitch() throws Exception {
        long[] cycles = new long[2 * SWITCHES];
        CountDownLatch ready = new CountDownLatch(2);
        Thread[] threads = new Thread[2];
        for (int i = 0; i < 2; i++) {
            int first = i * SWITCHES;
            threads[i] =
                    Thread.ofPlatform()
                            .start(() -> {
                                KernelThreads.setAffinity(Scheduler.current(), 1);
                                ready.countDown();
                                await(ready);
                                for (int j = 0; j < SWITCHES; j++) {
                                    handedOverAt = Cpu.readTimeStampCounter();
                                    Thread.yield();
                                    cycles[first + j] = Cpu.readTimeStampCounter() - handedOverAt;
                                }
                            });
        }
        for (Thread thread : threads) {
            thread.join();
        }
        print("context_switch", cycles, "cycles");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** How late a thread runs that has waited for a deadline. */
    private static void timer() {
        long[] nanos = new long[TIMERS];
        for (int i = 0; i < TIMERS; i++) {
            long due = System.nanoTime() + TIMER_NANOS;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            nanos[i] = System.nanoTime() - due;
        }
        print("timer_lateness", nanos, "ns");
    }

    /** From the request that all threads stop to the end of an operation that does nothing else. */
    private static void safepoint(int busy) throws Exception {
        stop = false;
        Thread[] threads = new Thread[busy];
        for (int i = 0; i < busy; i++) {
            threads[i] =
                    Thread.ofPlatform()
                            .daemon()
                            .start(() -> {
                                long sum = 0;
                                while (!stop) {
                                    sum += sum * 31 + 1;
                                }
                                sink = sum;
                            });
        }
        long[] nanos = new long[SAFEPOINTS];
        for (int i = -WARM_UP / 10; i < SAFEPOINTS; i++) {
            LockSupport.parkNanos(TIMER_NANOS); // and the others compute
            long start = System.nanoTime();
            threads[0].getStackTrace();
            if (i >= 0) {
                nanos[i] = System.nanoTime() - start;
            }
        }
        stop = true;
        for (Thread thread : threads) {
            thread.join();
        }
        print("safepoint_" + busy + "_busy", nanos, "ns");
    }

    /** How often CPUs that have nothing to do wake up. */
    private static void idle() throws InterruptedException {
        long before = wakeUps();
        Thread.sleep(IDLE_SECONDS * 1000);
        long perSecond = (wakeUps() - before + IDLE_SECONDS - 1) / IDLE_SECONDS;
        print("idle_wake_ups", new long[] {perSecond}, "/s");
    }

    private static long wakeUps() {
        long sum = 0;
        for (int i = 0; i < Processors.online(); i++) {
            sum += Processors.get(i).getWakeUps();
        }
        return sum;
    }

    private static void print(String name, long[] values, String unit) {
        Arrays.sort(values);
        System.out.println(
                "LATENCY "
                        + name
                        + " "
                        + values[values.length / 2]
                        + " "
                        + values[(int) (values.length * 0.99)]
                        + " "
                        + values[values.length - 1]
                        + " "
                        + unit);
    }
}
