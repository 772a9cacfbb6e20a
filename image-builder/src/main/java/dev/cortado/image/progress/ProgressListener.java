package dev.cortado.image.progress;

import java.time.Duration;
import java.util.function.Supplier;

/** Told what goes on; called from one thread at a time. */
@FunctionalInterface
public interface ProgressListener {

    /** A listener that wants to know nothing. */
    ProgressListener SILENT = event -> {};

    void on(ProgressEvent event);

    /** Runs one phase, with events around it. */
    default <T> T phase(String name, Supplier<T> work) {
        on(new ProgressEvent.Started(name));
        long start = System.nanoTime();
        T result = work.get();
        on(new ProgressEvent.Finished(name, Duration.ofNanos(System.nanoTime() - start)));
        return result;
    }

    default void warn(String text) {
        on(new ProgressEvent.Warning(text));
    }
}
