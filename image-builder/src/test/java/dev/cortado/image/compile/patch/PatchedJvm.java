package dev.cortado.image.compile.patch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** For tests of what a program prints in a JVM that has all patches for the JDK. */
abstract class PatchedJvm {
    @TempDir static Path directory;
    private static List<String> patches;

    @BeforeAll
    static void patch() throws IOException {
        patches = new ArrayList<>(List.of("-XX:hashCode=2"));
        new PatchedModules(directory.resolve("patches"), JavaProgram.HOME, Map.of())
                .write()
                .forEach((module, patch) ->
                        patches.addAll(List.of("--patch-module", module + "=" + patch)));
    }

    /** What a program prints in a JVM with all patches. */
    static List<String> patched(String source, String... arguments) throws Exception {
        return new JavaProgram(directory, source).run(patches, arguments);
    }

    /** What it prints in one without any. */
    static List<String> stock(String source, String... arguments) throws Exception {
        return new JavaProgram(directory, source).run(List.of(), arguments);
    }
}
