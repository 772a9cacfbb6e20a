package dev.cortado.system.xen.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A command of this machine, run to its end. */
final class Command {
    private Command() {}

    /** Its standard output. */
    static String output(Path directory, List<String> words) {
        try {
            Process process = builder(directory, words).start();
            process.getOutputStream().close();
            byte[] output = process.getInputStream().readAllBytes();
            check(words, process);
            return new String(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String output(Path directory, String... words) {
        return output(directory, Arrays.asList(words));
    }

    /** With standard input from one file and standard output to another. */
    static void filter(Path input, Path output, String... words) {
        try {
            Process process =
                    new ProcessBuilder(words)
                            .redirectInput(input.toFile())
                            .redirectOutput(output.toFile())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            check(Arrays.asList(words), process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProcessBuilder builder(Path directory, List<String> words) {
        return new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    private static void check(List<String> words, Process process) {
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(
                        "exit code %d from %s"
                                .formatted(process.exitValue(), String.join(" ", words)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
