package dev.cortado.system.guest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Probes that go on until somebody outside ends them, as services do. */
final class LifeProbes {
    private static final long BEAT_MILLIS = 250;
    private static final int LINKS = 20_000;
    private static final int KEPT = 64;

    private LifeProbes() {}

    static Map<String, Probes.Probe> all() {
        return Map.of(
                "lines", LifeProbes::lines, "life", LifeProbes::life, "time", LifeProbes::time);
    }

    /** Answers each line that is typed, until one says "end". */
    private static void lines(String[] arguments) throws IOException {
        System.out.println("type");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        String line = in.readLine();
        while (line != null && !line.equals("end")) {
            System.out.println("answer: " + new StringBuilder(line).reverse());
            line = in.readLine();
        }
        System.out.println("ended");
    }

    /** Tells the time, the wall clock's in milliseconds and the monotonic one, for each line. */
    private static void time(String[] arguments) throws IOException {
        System.out.println("type");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        while (in.readLine() != null) {
            System.out.println("time: " + System.currentTimeMillis() + " " + System.nanoTime());
        }
    }

    /**
     * Computes with some threads, allocates with another, waits for time in another; tells now and
     * then what it has checked, and what time it is. A wrong result or a clock that goes back ends
     * it with code 1.
     */
    private static void life(String[] arguments) throws InterruptedException {
        int threads = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2;
        AtomicLong checked = new AtomicLong();
        AtomicLong slept = new AtomicLong();
        long expected = compute();
        for (int i = 0; i < threads; i++) {
            start(() -> {
                check(compute() == expected, "a computation went wrong");
                checked.incrementAndGet();
            });
        }
        List<long[]> kept = new ArrayList<>();
        start(() -> allocate(kept));
        start(() -> {
            Thread.sleep(1);
            slept.incrementAndGet();
        });
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> System.out.println("hook: " + checked.get())));
        long last = System.nanoTime();
        for (long beat = 1; ; beat++) {
            Thread.sleep(BEAT_MILLIS);
            long now = System.nanoTime();
            check(now - last >= BEAT_MILLIS * 1_000_000, "too short a sleep, or time goes back");
            System.out.printf(
                    "beat %d after %d ms at %d, %d checked, %d slept%n",
                    beat,
                    (now - last) / 1_000_000,
                    System.currentTimeMillis(),
                    checked.get(),
                    slept.get());
            last = now;
        }
    }

    private interface Step {
        void run() throws InterruptedException;
    }

    private static void start(Step step) {
        Thread thread =
                new Thread(() -> {
                    try {
                        while (true) {
                            step.run();
                        }
                    } catch (InterruptedException e) {
                        // Nobody interrupts it.
                    }
                });
        thread.setDaemon(true);
        thread.start();
    }

    private static long compute() {
        long value = 1;
        double sum = 0;
        for (int i = 0; i < LINKS; i++) {
            value = value * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
            sum += Math.sqrt(value >>> 11);
        }
        return value ^ Double.doubleToLongBits(sum);
    }

    /** Half of what it allocates lives for a while. */
    private static void allocate(List<long[]> kept) throws InterruptedException {
        long[] some = new long[1024];
        some[0] = kept.size();
        if (kept.size() >= KEPT) {
            long[] oldest = kept.remove(0);
            check(oldest[1023] == ~oldest[0], "memory has changed");
        }
        some[1023] = ~some[0];
        kept.add(some);
        Thread.sleep(0, 200_000);
    }

    private static void check(boolean condition, String what) {
        if (!condition) {
            System.out.println("WRONG: " + what);
            Runtime.getRuntime().halt(1);
        }
    }
}
