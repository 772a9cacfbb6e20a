package dev.cortado.image.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;

/**
 * Shows progress to a person. On a terminal, one line is written over and over, with a spinner and
 * the time; elsewhere, such as in a log, a line appears when something happens and at least every
 * ten seconds while a phase lasts.
 */
public final class ConsoleProgress implements ProgressListener, AutoCloseable {
    private static final long TICK_MILLIS = 250;
    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final String SPINNER = "|/-\\";
    private static final String ERASE_LINE = "\r\033[K";

    private final PrintStream out;
    private final Style style;
    private final boolean verbose;
    private final Timer timer = new Timer("progress", true);

    private String phase;
    private String step = "";
    private long phaseStart;
    private long lastLine;
    private int spins;

    /**
     * @param out where to write
     * @param style whether {@code out} is a terminal, and whether it has colours
     * @param verbose whether to show the output of tools as well
     */
    public ConsoleProgress(PrintStream out, Style style, boolean verbose) {
        this.out = out;
        this.style = style;
        this.verbose = verbose;
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        tick();
                    }
                },
                TICK_MILLIS,
                TICK_MILLIS);
    }

    @Override
    public synchronized void on(ProgressEvent event) {
        switch (event) {
            case ProgressEvent.Started started -> start(started.phase());
            case ProgressEvent.Step next -> step(next);
            case ProgressEvent.Finished finished -> finish(finished);
            case ProgressEvent.Warning warning -> line(style.yellow("warning: ") + warning.text());
            case ProgressEvent.Output output -> {
                if (verbose) {
                    line(style.faint("  " + output.line()));
                }
            }
        }
    }

    /** Stops the clock and leaves the terminal's line empty. */
    @Override
    public synchronized void close() {
        timer.cancel();
        phase = null;
        erase();
    }

    private void start(String name) {
        phase = name;
        step = "";
        phaseStart = System.nanoTime();
        if (style.terminal()) {
            draw();
        } else {
            line(name);
        }
    }

    private void step(ProgressEvent.Step next) {
        step = " [%d/%d] %s".formatted(next.number(), next.count(), next.text());
        if (style.terminal()) {
            draw();
        } else {
            line(describe());
        }
    }

    private void finish(ProgressEvent.Finished finished) {
        phase = null;
        String done = "%s (%s)".formatted(finished.phase(), format(finished.elapsed()));
        if (style.terminal()) {
            line(style.green("done: ") + done);
        } else if (finished.elapsed().compareTo(QUIET) > 0) {
            line("done: " + done);
        }
    }

    private synchronized void tick() {
        if (phase == null) {
            return;
        }
        if (style.terminal()) {
            draw();
        } else if (System.nanoTime() - lastLine >= QUIET.toNanos()) {
            line(describe());
        }
    }

    private void draw() {
        char spin = SPINNER.charAt(spins++ % SPINNER.length());
        out.print(ERASE_LINE + style.bold(spin + " ") + describe());
        out.flush();
    }

    private void line(String text) {
        erase();
        out.println(text);
        out.flush();
        lastLine = System.nanoTime();
    }

    private void erase() {
        if (style.terminal()) {
            out.print(ERASE_LINE);
            out.flush();
        }
    }

    private String describe() {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - phaseStart);
        return phase + step + " " + format(elapsed);
    }

    /** Such as "0.4 s", "12 s" or "1 min 02 s". */
    static String format(Duration elapsed) {
        long seconds = elapsed.toSeconds();
        if (seconds >= 60) {
            return "%d min %02d s".formatted(seconds / 60, seconds % 60);
        }
        if (seconds >= 10) {
            return seconds + " s";
        }
        return "%d.%d s".formatted(seconds, elapsed.toMillisPart() / 100);
    }
}
