package dev.cortado.image.run;

import dev.cortado.image.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Xen's toolstack, by its programs.
 *
 * @param xl the toolstack itself
 * @param xenstoreRead reads one value of xenstore
 */
record Xl(Path xl, Path xenstoreRead) {
    private static final long PATIENCE_SECONDS = 30;
    private static final int MOST_CHARACTERS = 64 << 10;

    /**
     * @param output what a program printed, standard error included, without spaces at its ends
     */
    record Result(int exitCode, String output) {
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

    /** {@code xl ARGUMENTS}, to its end. */
    Result run(String... arguments) throws IOException, InterruptedException {
        return execute(command(xl, arguments));
    }

    /** {@code xl ARGUMENTS}, to be waited for. */
    Process start(String... arguments) throws IOException {
        Process process = builder(command(xl, arguments)).start();
        process.getOutputStream().close();
        return process;
    }

    /** The value of a key in xenstore, if it has one. */
    Optional<String> read(String key) throws IOException, InterruptedException {
        Result result = execute(command(xenstoreRead, key));
        return result.succeeded() ? Optional.of(result.output()) : Optional.empty();
    }

    private static List<String> command(Path program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static ProcessBuilder builder(List<String> command) {
        return new ProcessBuilder(command).redirectErrorStream(true);
    }

    private static Result execute(List<String> command) throws IOException, InterruptedException {
        Process process = builder(command).start();
        process.getOutputStream().close();
        // One that hangs keeps its output open: it has to be ended while it is read.
        Thread watchdog = Thread.ofVirtual().start(() -> endInTime(process));
        byte[] output = process.getInputStream().readNBytes(MOST_CHARACTERS);
        process.getInputStream().close();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        watchdog.interrupt();
        if (!ended) {
            process.destroyForcibly();
            throw new UserError(
                    "%s does not answer within %d s: look after xenstored and xl"
                            .formatted(String.join(" ", command), PATIENCE_SECONDS));
        }
        String text = new String(output, StandardCharsets.UTF_8).strip();
        return new Result(process.exitValue(), text);
    }

    private static void endInTime(Process process) {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
