package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;

/** A thread whose failure becomes the test's. */
final class TestThread {
    /** What it does. */
    interface Body {
        void run() throws Throwable;
    }

    private final Thread thread;
    private volatile Throwable failure;

    private TestThread(Thread.Builder builder, Body body) {
        thread = builder.unstarted(() -> run(body));
    }

    private void run(Body body) {
        try {
            body.run();
        } catch (Throwable e) {
            failure = e;
        }
    }

    static TestThread start(Body body) {
        return start(Thread.ofPlatform().daemon().name("test thread"), body);
    }

    static TestThread start(Thread.Builder builder, Body body) {
        TestThread started = new TestThread(builder, body);
        started.thread.start();
        return started;
    }

    /** So many of them at once; {@link #finishAll} waits for them. */
    static List<TestThread> startAll(int count, Body body) {
        List<TestThread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            threads.add(start(body));
        }
        return threads;
    }

    static void finishAll(List<TestThread> threads) throws InterruptedException {
        for (TestThread thread : threads) {
            thread.finish();
        }
    }

    Thread thread() {
        return thread;
    }

    /** Waits for its end. */
    void finish() throws InterruptedException {
        thread.join(Deadline.MILLISECONDS);
        assertFalse(thread.isAlive(), () -> thread + " never ended: " + trace());
        if (failure != null) {
            throw new AssertionError("in " + thread + ": " + failure, failure);
        }
    }

    private String trace() {
        return List.of(thread.getStackTrace()).toString();
    }
}
