package dev.cortado.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Runs programs that tests compare results with. */
public final class Tools {
    /** Where programs are that not everybody has on the path. */
    private static final List<String> ADMINISTRATORS = List.of("/usr/sbin", "/sbin");

    private Tools() {}

    /** The lines that {@code tool} prints; the test is skipped if there is no such tool. */
    public static List<String> run(String tool, Object... arguments)
            throws IOException, InterruptedException {
        Path program =
                Stream.concat(
                                Arrays.stream(System.getenv("PATH").split(File.pathSeparator)),
                                ADMINISTRATORS.stream())
                        .map(directory -> Path.of(directory, tool))
                        .filter(Files::isExecutable)
                        .findFirst()
                        .orElse(null);
        assumeTrue(program != null, tool + " is not on the PATH");
        List<String> command = new ArrayList<>(List.of(program.toString()));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        List<String> lines = process.inputReader().lines().toList();
        assertEquals(0, process.waitFor(), () -> String.join("\n", lines));
        return lines;
    }
}
