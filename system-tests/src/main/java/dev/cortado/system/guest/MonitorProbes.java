package dev.cortado.system.guest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** Programs for the monitor to look at, which know nothing of it. */
final class MonitorProbes {
    private static final int CHUNK = 1000;

    private static volatile boolean spinning = true;
    private static volatile Object garbage;

    private MonitorProbes() {}

    static Map<String, Probes.Probe> all() {
        return Map.of(
                "monitored", arguments -> monitored(), "monitored-garbage", arguments -> garbage());
    }

    /** A thread that waits, one that computes, a virtual one; the main thread reads lines. */
    private static void monitored() throws IOException, InterruptedException {
        CountDownLatch started = new CountDownLatch(3);
        Thread waiting =
                new Thread(
                        () -> {
                            started.countDown();
                            waitForEver();
                        },
                        "the one that waits");
        waiting.setDaemon(true);
        waiting.setPriority(7);
        waiting.start();
        Thread computing =
                new Thread(
                        () -> {
                            started.countDown();
                            compute();
                        },
                        "the one that computes");
        computing.setDaemon(true);
        computing.start();
        Thread.ofVirtual()
                .name("the virtual one")
                .start(() -> {
                    started.countDown();
                    compute();
                });
        started.await();
        readLines();
        spinning = false;
    }

    /** Says that it is ready, and goes on until nothing more is typed. */
    static void readLines() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        System.out.println("ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println("heard [" + line + "]");
        }
        System.out.println("threads of the program: " + Thread.activeCount());
    }

    private static void waitForEver() {
        while (spinning) {
            LockSupport.park();
        }
    }

    private static void compute() {
        while (spinning) {
            Thread.onSpinWait();
        }
    }

    /** Fills half of the heap with what a collection can give back, as soon as a line comes. */
    private static void garbage() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        System.out.println("ready");
        in.readLine();
        long half = Runtime.getRuntime().maxMemory() / 2;
        List<byte[]> list = new ArrayList<>();
        for (long bytes = 0; bytes < half; bytes += CHUNK) {
            list.add(new byte[CHUNK]);
        }
        garbage = list;
        System.out.println("full");
        in.readLine();
        garbage = null;
        System.out.println("empty");
        while (in.readLine() != null) {
            System.out.println("still there");
        }
    }
}
