package dev.cortado.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Programs that say what our bytes mean; a test is skipped where its program is missing. */
public final class Tool {
    private Tool() {}

    /** What a program prints about a file with these bytes, whose name is its last argument. */
    public static List<String> onFile(ByteBuffer bytes, String program, String... arguments)
            throws IOException, InterruptedException {
        Path file = Files.createTempFile("cortado", ".img");
        try {
            Files.write(file, bytes.array());
            List<String> words = new ArrayList<>(List.of(arguments));
            words.add(file.toString());
            return run(program, words);
        } finally {
            Files.delete(file);
        }
    }

    /** The lines that a program prints, which has to succeed. */
    public static List<String> run(String program, List<String> arguments)
            throws IOException, InterruptedException {
        Path found =
                Stream.of("/usr/bin", "/usr/sbin", "/bin", "/sbin")
                        .map(directory -> Path.of(directory, program))
                        .filter(Files::isExecutable)
                        .findFirst()
                        .orElse(null);
        assumeTrue(found != null, program + " is not installed");
        List<String> command = new ArrayList<>(List.of(found.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        List<String> lines = process.inputReader().lines().toList();
        assertEquals(0, process.waitFor(), () -> String.join("\n", lines));
        return lines;
    }
}
