package dev.cortado.system.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A throwable, as values that can be sent.
 *
 * @param className its class
 * @param message what {@link Throwable#getMessage} gave
 * @param frames its stack trace, innermost first
 */
public record Failure(
        String className,
        Optional<String> message,
        List<Frame> frames,
        Optional<Failure> cause,
        List<Failure> suppressed) {
    /** A stack that has overflown is longer than anybody reads. */
    static final int MOST_FRAMES = 256;

    /** Causes of causes, and suppressed ones of suppressed ones. */
    static final int MOST_DEPTH = 16;

    /** A line of a stack trace; {@code line} as in {@link StackTraceElement#getLineNumber}. */
    public record Frame(String className, String method, Optional<String> file, int line) {}

    public Failure {
        frames = List.copyOf(frames);
        suppressed = List.copyOf(suppressed);
    }

    /** A throwable with its causes and suppressed ones, each told once. */
    public static Failure of(Throwable throwable) {
        Set<Throwable> told = Collections.newSetFromMap(new IdentityHashMap<>());
        return of(throwable, told, 1).orElseThrow();
    }

    private static Optional<Failure> of(Throwable throwable, Set<Throwable> told, int depth) {
        if (throwable == null || depth > MOST_DEPTH || !told.add(throwable)) {
            return Optional.empty();
        }
        List<Frame> frames = new ArrayList<>();
        StackTraceElement[] elements = throwable.getStackTrace();
        for (int i = 0; i < elements.length && i < MOST_FRAMES; i++) {
            frames.add(frame(elements[i]));
        }
        Optional<Failure> cause = of(throwable.getCause(), told, depth + 1);
        List<Failure> suppressed = new ArrayList<>();
        for (Throwable other : throwable.getSuppressed()) {
            of(other, told, depth + 1).ifPresent(suppressed::add);
        }
        return Optional.of(
                new Failure(
                        throwable.getClass().getName(),
                        message(throwable),
                        frames,
                        cause,
                        suppressed));
    }

    /** An exception of a test may have a {@code getMessage} that fails. */
    private static Optional<String> message(Throwable throwable) {
        try {
            return Optional.ofNullable(throwable.getMessage());
        } catch (RuntimeException e) {
            return Optional.of("(no message: getMessage threw " + e.getClass().getName() + ")");
        }
    }

    private static Frame frame(StackTraceElement element) {
        return new Frame(
                Objects.requireNonNullElse(element.getClassName(), "?"),
                Objects.requireNonNullElse(element.getMethodName(), "?"),
                Optional.ofNullable(element.getFileName()),
                element.getLineNumber());
    }
}
