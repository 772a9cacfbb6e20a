package dev.cortado.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Programs of this machine. */
final class Commands {
    private Commands() {}

    /**
     * Where a program is, among Debian's places for programs.
     *
     * @throws IOException if it is in none of them
     */
    static Path find(String name) throws IOException {
        for (String directory : List.of("/usr/bin", "/usr/sbin", "/bin", "/sbin")) {
            Path program = Path.of(directory, name);
            if (Files.isExecutable(program)) {
                return program.toRealPath();
            }
        }
        throw new IOException(name + " is not installed");
    }

    /**
     * Runs a command to its end, with no input.
     *
     * @return what it says, errors among it
     * @throws IOException with all that it said, if its exit code is not 0
     */
    static List<String> lines(List<String> command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectErrorStream(true)
                        .start();
        List<String> lines = process.inputReader().lines().toList();
        if (process.waitFor() != 0) {
            throw new IOException(
                    String.join(" ", command) + " failed:\n" + String.join("\n", lines));
        }
        return lines;
    }
}
