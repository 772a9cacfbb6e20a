package dev.cortado.maven;

import dev.cortado.image.progress.ConsoleProgress;
import dev.cortado.image.progress.ProgressEvent;
import dev.cortado.image.progress.ProgressListener;
import dev.cortado.image.progress.Style;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.maven.plugin.logging.Log;

/** Shows progress in Maven's log: warnings as warnings, what tools print only when asked to. */
final class LogProgress implements ProgressListener, AutoCloseable {
    private final Log log;
    private final boolean verbose;
    private final ConsoleProgress progress;

    LogProgress(Log log, boolean verbose) {
        this.log = log;
        this.verbose = verbose;
        this.progress =
                new ConsoleProgress(
                        new PrintStream(new LogLines(log), true, StandardCharsets.UTF_8),
                        Style.PLAIN,
                        false);
    }

    @Override
    public void on(ProgressEvent event) {
        switch (event) {
            case ProgressEvent.Warning warning -> log.warn(MavenWords.of(warning.text()));
            case ProgressEvent.Output output when verbose -> log.info(output.line());
            case ProgressEvent.Output output -> log.debug(output.line());
            default -> progress.on(event);
        }
    }

    @Override
    public void close() {
        progress.close();
    }

    /** A stream whose lines become lines of the log. */
    private static final class LogLines extends OutputStream {
        private final Log log;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        LogLines(Log log) {
            this.log = log;
        }

        @Override
        public synchronized void write(int value) {
            if (value == '\n') {
                log.info(line.toString(StandardCharsets.UTF_8).stripTrailing());
                line.reset();
            } else {
                line.write(value);
            }
        }
    }
}
