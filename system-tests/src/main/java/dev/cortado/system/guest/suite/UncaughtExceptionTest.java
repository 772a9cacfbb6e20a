package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where an exception goes that nobody catches. */
final class UncaughtExceptionTest {
    private final AtomicReference<Thread> where = new AtomicReference<>();
    private final AtomicReference<Throwable> what = new AtomicReference<>();

    private void handle(Thread thread, Throwable throwable) {
        where.set(thread);
        what.set(throwable);
    }

    @AfterEach
    void forgetDefault() {
        Thread.setDefaultUncaughtExceptionHandler(null);
    }

    @Test
    void goesToTheThreadsHandler() throws InterruptedException {
        IllegalStateException thrown = new IllegalStateException("expected");
        Thread thread = throwing(thrown);
        thread.setUncaughtExceptionHandler(this::handle);
        run(thread);
        assertSame(thrown, what.get());
        assertSame(thread, where.get());
        assertEquals(Thread.State.TERMINATED, thread.getState());
    }

    @Test
    void goesToTheGroup() throws InterruptedException {
        Error thrown = new Error("expected");
        ThreadGroup group =
                new ThreadGroup("handling") {
                    @Override
                    public void uncaughtException(Thread thread, Throwable throwable) {
                        handle(thread, throwable);
                    }
                };
        Thread thread =
                new Thread(
                        group,
                        () -> {
                            throw thrown;
                        });
        run(thread);
        assertSame(thrown, what.get());
    }

    @Test
    void goesToTheDefaultHandler() throws InterruptedException {
        RuntimeException thrown = new RuntimeException("expected");
        Thread.setDefaultUncaughtExceptionHandler(this::handle);
        Thread thread = throwing(thrown);
        run(thread);
        assertSame(thrown, what.get());
        assertSame(thread, where.get());
    }

    @Test
    void anExceptionOfTheHandlerIsDropped() throws InterruptedException {
        Thread thread = throwing(new RuntimeException("expected"));
        thread.setUncaughtExceptionHandler((origin, throwable) -> {
            handle(origin, throwable);
            throw new IllegalStateException("expected too");
        });
        run(thread);
        assertSame(thread, where.get());
    }

    @Test
    void errorsOfTheMachineGoThereToo() throws InterruptedException {
        Thread thread = new Thread(() -> recurse(0));
        thread.setUncaughtExceptionHandler(this::handle);
        run(thread);
        assertInstanceOf(StackOverflowError.class, what.get());
    }

    private static int recurse(int depth) {
        return recurse(depth + 1) + 1;
    }

    private static Thread throwing(RuntimeException thrown) {
        return new Thread(() -> {
            throw thrown;
        });
    }

    private static void run(Thread thread) throws InterruptedException {
        thread.start();
        thread.join(Deadline.MILLISECONDS);
        assertEquals(Thread.State.TERMINATED, thread.getState());
    }
}
