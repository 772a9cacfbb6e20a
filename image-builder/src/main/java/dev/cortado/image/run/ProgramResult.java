package dev.cortado.image.run;

import dev.cortado.image.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What became of a toolstack's program.
 *
 * @param output what it printed, standard error included, without spaces at its ends
 */
record ProgramResult(int exitCode, String output) {
    private static final int MOST_CHARACTERS = 64 << 10;

    /**
     * Runs a program to its end.
     *
     * @param builder with its command; where its output goes is changed
     * @param patience how long it may take
     * @param hint what to do if it takes longer
     * @throws UserError if it does
     */
    static ProgramResult of(ProcessBuilder builder, Duration patience, String hint)
            throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        // One that hangs keeps its output open: it has to be ended while it is read.
        Thread watchdog = Thread.ofVirtual().start(() -> endInTime(process, patience));
        byte[] output = process.getInputStream().readNBytes(MOST_CHARACTERS);
        process.getInputStream().close();
        boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        watchdog.interrupt();
        if (!ended) {
            process.destroyForcibly();
            throw new UserError(
                    "%s does not answer within %d s: %s"
                            .formatted(
                                    String.join(" ", builder.command()),
                                    patience.toSeconds(),
                                    hint));
        }
        String text = new String(output, StandardCharsets.UTF_8).strip();
        return new ProgramResult(process.exitValue(), text);
    }

    private static void endInTime(Process process, Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean succeeded() {
        return exitCode == 0;
    }

    /** The output as one line. */
    String line() {
        return output.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce((one, other) -> one + "; " + other)
                .orElse("exit code " + exitCode);
    }
}
