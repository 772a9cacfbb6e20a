package dev.cortado.benchmarks.guest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How often something can be done: a line {@code FIGURE name times-a-second} for each figure.
 *
 * @param seconds that each is measured for
 */
record Rates(double seconds) {
    /** Before each figure, of its time: a JVM compiles what it runs then. */
    private static final double WARM_UP = 0.3;

    /** What is done over and over; by several threads, which have a number each. */
    @FunctionalInterface
    interface Work {
        void run(int thread) throws IOException;
    }

    static void figure(String name, double perSecond) {
        System.out.println("FIGURE " + name + " " + perSecond);
    }

    static double secondsSince(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    void measure(String name, int threads, Work work) throws Exception {
        count(threads, seconds * WARM_UP, work);
        long begin = System.nanoTime();
        long count = count(threads, seconds, work);
        figure(name, count / secondsSince(begin));
    }

    /** How often it is done in some seconds. */
    private static long count(int threads, double seconds, Work work) throws Exception {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        AtomicLong total = new AtomicLong();
        List<Throwable> failures = new ArrayList<>();
        List<Thread> started = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            started.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    total.addAndGet(countUntil(end, number, work));
                                } catch (Throwable e) {
                                    synchronized (failures) {
                                        failures.add(e);
                                    }
                                }
                            }));
        }
        for (Thread thread : started) {
            thread.join();
        }
        if (!failures.isEmpty()) {
            throw new IOException("a thread has failed", failures.getFirst());
        }
        return total.get();
    }

    private static long countUntil(long end, int thread, Work work) throws IOException {
        long count = 0;
        while (System.nanoTime() < end) {
            work.run(thread);
            count++;
        }
        return count;
    }
}
