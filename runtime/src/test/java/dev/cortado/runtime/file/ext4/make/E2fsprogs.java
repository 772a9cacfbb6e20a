package dev.cortado.runtime.file.ext4.make;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Runs e2fsprogs, which are most people's word on what an ext4 is. */
public final class E2fsprogs {
    private static final List<Path> PLACES =
            Stream.concat(
                            Arrays.stream(System.getenv("PATH").split(":")),
                            Stream.of("/usr/sbin", "/sbin"))
                    .map(Path::of)
                    .toList();

    /** What a program said, and its exit code. */
    public record Result(int exitCode, String text) {}

    private E2fsprogs() {}

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
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TZ", "UTC");
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes());
            return new Result(process.waitFor(), text);
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

    /** Fails if there is anything that e2fsck has to say of an image. */
    public static void assertClean(Path image) {
        Result result = run("e2fsck", "-fn", image);
        assertEquals(0, result.exitCode(), result.text());
        // The version, five passes, and a line with counts.
        assertEquals(7, result.text().lines().count(), result.text());
    }

    /** What debugfs answers to a request. */
    public static String debugfs(Path image, String request) {
        return output("debugfs", "-R", request, image);
    }

    /** The value in a line of {@code dumpe2fs -h}. */
    public static String field(Path image, String name) {
        return output("dumpe2fs", "-h", image)
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }
}
