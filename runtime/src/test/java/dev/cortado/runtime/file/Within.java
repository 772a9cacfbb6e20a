package dev.cortado.runtime.file;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Threads of tests, platform's or virtual, none of which may run for more than half a minute. */
public final class Within {
    private static final int SECONDS = 30;

    private Within() {}

    /** A call in a thread of its own. */
    public record Running<T>(Thread thread, FutureTask<T> task) {
        /** What it returned, or the exception that it threw. */
        public T end() throws Exception {
            try {
                return task.get(SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Exception cause) {
                    throw cause;
                }
                throw e;
            } catch (TimeoutException e) {
                AssertionError error = new AssertionError("Still there after " + SECONDS + " s");
                error.setStackTrace(thread.getStackTrace());
                throw error;
            }
        }

        /** Returns when the thread waits for something. */
        public Running<T> awaitWaiting() {
            await(() ->
                    thread.getState() == Thread.State.WAITING
                            || thread.getState() == Thread.State.TIMED_WAITING);
            return this;
        }
    }

    public static <T> Running<T> start(boolean isVirtual, Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread =
                isVirtual
                        ? Thread.ofVirtual().unstarted(task)
                        : Thread.ofPlatform().daemon().unstarted(task);
        thread.start();
        return new Running<>(thread, task);
    }

    /** Runs calls at the same time, half of them in virtual threads. */
    @SafeVarargs
    public static <T> List<T> together(Callable<T>... calls) throws Exception {
        List<Running<T>> running = new ArrayList<>();
        for (Callable<T> call : calls) {
            running.add(start(running.size() % 2 == 1, call));
        }
        List<T> results = new ArrayList<>();
        for (Running<T> one : running) {
            results.add(one.end());
        }
        return results;
    }

    public static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Not so after " + SECONDS + " s");
            }
            Thread.yield();
        }
    }
}
