package dev.cortado.runtime.file.ext4.make;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.file.HostTools;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs e2fsprogs, which are most people's word on what an ext4 is. */
public final class E2fsprogs {
    private static final String IDENTITY = "6f0a9c1e-3b52-4d87-9c40-e1d27ab85f36";

    private E2fsprogs() {}

    /** Runs a program, of which nothing else is known; the test is skipped if it is not there. */
    public static HostTools.Result run(String program, Object... arguments) {
        return HostTools.run(program, arguments);
    }

    /**
     * What a program says that must not fail. What mke2fs chooses by chance is the same each time,
     * unless the arguments say otherwise: directories, for one, are as large as their seed wants.
     */
    public static String output(String program, Object... arguments) {
        if (!program.equals("mke2fs")) {
            return HostTools.output(program, arguments);
        }
        List<Object> chosen = new ArrayList<>(List.of("-U", IDENTITY));
        if (!Arrays.asList(arguments).contains("-E")) {
            chosen.addAll(List.of("-E", "hash_seed=" + IDENTITY));
        }
        chosen.addAll(Arrays.asList(arguments));
        return HostTools.output(program, chosen.toArray());
    }

    /** Fails if there is anything that e2fsck has to say of an image. */
    public static void assertClean(Path image) {
        HostTools.Result result = run("e2fsck", "-fn", image);
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
