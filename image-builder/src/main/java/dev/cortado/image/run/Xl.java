package dev.cortado.image.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Xen's toolstack, by its programs.
 *
 * @param xl the toolstack itself
 * @param xenstoreRead reads one value of xenstore
 */
record Xl(Path xl, Path xenstoreRead) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** {@code xl ARGUMENTS}, to its end. */
    ProgramResult run(String... arguments) throws IOException, InterruptedException {
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
        ProgramResult result = execute(command(xenstoreRead, key));
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

    private static ProgramResult execute(List<String> command)
            throws IOException, InterruptedException {
        return ProgramResult.of(builder(command), PATIENCE, "look after xenstored and xl");
    }
}
