package dev.cortado.image;

import java.util.function.Consumer;

/**
 * Something that was started outside this JVM, as a process is, and is to end with it if it goes
 * down, as by Ctrl-C, before this is closed: also in the midst of the start.
 *
 * @param <T> what was started
 */
public final class ExitGuard<T> implements AutoCloseable {
    /** Starts it. */
    public interface Start<T, E extends Exception> {
        T start() throws E;
    }

    private final Consumer<? super T> end;
    private final ExitHook hook;
    private T started;
    private boolean isEnding;

    private ExitGuard(String name, Consumer<? super T> end) {
        this.end = end;
        hook = new ExitHook(name, this::end);
    }

    /**
     * Starts something under guard.
     *
     * @param name of the thread that ends it if the JVM goes down
     * @param start is waited for then
     * @param end is called by that thread; not if the start has failed
     * @throws IllegalStateException if the JVM goes down already
     */
    public static <T, E extends Exception> ExitGuard<T> start(
            String name, Start<T, E> start, Consumer<? super T> end) throws E {
        ExitGuard<T> guard = new ExitGuard<>(name, end);
        boolean isDone = false;
        try {
            guard.start(start);
            isDone = true;
            return guard;
        } finally {
            if (!isDone) {
                guard.close();
            }
        }
    }

    /** Under a lock: the hook's thread waits until it is known what there is to end. */
    private synchronized <E extends Exception> void start(Start<T, E> start) throws E {
        if (isEnding) {
            throw new IllegalStateException("this program is being ended");
        }
        started = start.start();
    }

    private synchronized void end() {
        isEnding = true;
        if (started != null) {
            end.accept(started);
        }
    }

    /** What was started. */
    public synchronized T started() {
        return started;
    }

    @Override
    public void close() {
        hook.close();
    }
}
