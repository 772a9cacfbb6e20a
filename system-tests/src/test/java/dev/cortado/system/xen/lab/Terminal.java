package dev.cortado.system.xen.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** Somebody in front of a command in dom0, such as {@code xl console}: types and looks. */
public final class Terminal implements AutoCloseable {
    private final Connection connection;
    private int seen;

    Terminal(Connection connection) {
        this.connection = connection;
    }

    public void type(String text) {
        try {
            connection.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits until that is shown.
     *
     * @return what was shown since the last wait, up to its end
     */
    public String await(String text, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        int at = connection.output().indexOf(text, seen);
        while (at < 0) {
            if (!read(Duration.ofNanos(end - System.nanoTime()))) {
                throw new AssertionError(
                        "no \"%s\" in:%n%s".formatted(text, connection.output().substring(seen)));
            }
            at = connection.output().indexOf(text, seen);
        }
        String shown = connection.output().substring(seen, at + text.length());
        seen = at + text.length();
        return shown;
    }

    /** Waits for the command's end. */
    public CommandResult awaitEnd(Duration patience) {
        return connection.result(patience);
    }

    private boolean read(Duration patience) {
        try {
            return !patience.isNegative() && connection.read(patience);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
