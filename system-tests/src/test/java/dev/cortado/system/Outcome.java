package dev.cortado.system;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How a process ended.
 *
 * @param console what it wrote to standard output and standard error
 */
public record Outcome(int exitCode, String console) {
    /** A machine that does other things as well compiles the largest image in half an hour. */
    private static final Duration PATIENCE = Duration.ofMinutes(40);

    /** Runs a command to its end, with {@code input} on standard input. */
    public static Outcome of(List<String> command, String input) {
        return of(command, input.getBytes(StandardCharsets.UTF_8));
    }

    /** Runs a command to its end, with these bytes on standard input. */
    static Outcome of(List<String> command, byte[] input) {
        return of(command, input, PATIENCE);
    }

    /** As the other, of a command that may take so long. */
    static Outcome of(List<String> command, byte[] input, Duration patience) {
        try {
            Path console = Files.createTempFile("console", ".txt");
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(console.toFile())
                            .start();
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input);
            } catch (IOException e) {
                // It ended without reading its input, as many do.
            }
            if (!process.waitFor(patience)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError(command + " did not end:\n" + Files.readString(console));
            }
            String text = Files.readString(console);
            Files.delete(console);
            return new Outcome(process.exitValue(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
