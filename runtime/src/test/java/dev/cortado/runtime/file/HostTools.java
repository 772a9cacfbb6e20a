package dev.cortado.runtime.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Programs of the host, which make what is read here, and read what is made here. */
public final class HostTools {
    private static final List<Path> PLACES =
            Stream.concat(
                            Arrays.stream(System.getenv("PATH").split(":")),
                            Stream.of("/usr/sbin", "/sbin"))
                    .map(Path::of)
                    .toList();

    /** What a program said, and its exit code. */
    public record Result(int exitCode, String text) {}

    private HostTools() {}

    /** Runs a program, of which nothing else is known; the test is skipped if it is not there. */
    public static Result run(String program, Object... arguments) {
        Path path =
                PLACES.stream()
                        .map(place -> place.resolve(program))
                        .filter(Files::isExecutable)
                        .findFirst()
                        .orElse(null);
        assumeTrue(path != null, program + " is not installed");
        List<String> command = new ArrayList<>(List.of(path.toString()));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("TZ", "UTC");
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            byte[] text = process.getInputStream().readAllBytes();
            return new Result(process.waitFor(), new String(text, StandardCharsets.UTF_8));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(program, e);
        }
    }

    /** What a program says that must not fail. */
    public static String output(String program, Object... arguments) {
        Result result = run(program, arguments);
        assertEquals(0, result.exitCode(), result.text());
        return result.text();
    }
}
