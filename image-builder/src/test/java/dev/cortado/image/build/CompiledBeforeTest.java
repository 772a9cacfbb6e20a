package dev.cortado.image.build;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.compile.FakeJdk;
import dev.cortado.image.elf.TestObjectFile;
import dev.cortado.image.image.SideFiles;
import dev.cortado.image.preflight.Compiled;
import dev.cortado.image.progress.ProgressEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds that share a cache, with a shell script for the compiler, which counts its calls. */
class CompiledBeforeTest {
    @TempDir Path directory;
    private final List<ProgressEvent> events = new ArrayList<>();
    private Path classes;
    private Path jdk;
    private Toolchain toolchain;

    @BeforeEach
    void prepare() throws IOException {
        classes =
                Compiled.classes(
                        directory.resolve("classes"),
                        "package p; public class Main { public static void main(String[] a) {} }");
        Path object = TestObjectFile.write(directory.resolve("prepared.o"));
        jdk =
                FakeJdk.create(
                        directory.resolve("jdk"),
                        """
                        echo x >> '%s'
                        mkdir temporary/SVM-1
                        cp '%s' temporary/SVM-1/app.o
                        echo '[{"name": "serial", "reason": "System.out"}]' > reports/drivers.json
                        echo '{"code":{},"heap":{}}' > reports/sizes.json
                        """
                                .formatted(directory.resolve("count"), object));
        Path lib = directory.resolve("lib");
        FakeJdk.module(lib.resolve("compiler/a.jar"), "jdk.graal.compiler");
        FakeJdk.module(lib.resolve("overlay/o.jar"), "o");
        FakeJdk.module(lib.resolve("guest/g.jar"), "g");
        toolchain = Toolchain.in(lib);
    }

    @Test
    void aCleanedProjectIsNotCompiledAgain() throws IOException {
        build("first/app", Map.of());
        byte[] image = Files.readAllBytes(directory.resolve("first/app"));
        byte[] sizes = Files.readAllBytes(SideFiles.sizes(directory.resolve("first/app")));
        BuildReport again = build("second/app", Map.of());
        assertFalse(again.upToDate());
        assertEquals(1, compiles());
        assertArrayEquals(image, Files.readAllBytes(directory.resolve("second/app")));
        assertArrayEquals(
                sizes, Files.readAllBytes(SideFiles.sizes(directory.resolve("second/app"))));
        assertTrue(
                events.stream()
                        .anyMatch(event ->
                                event instanceof ProgressEvent.Started started
                                        && started.phase().contains("cache")));
    }

    @Test
    void otherInputsAreCompiled() throws IOException {
        build("first/app", Map.of());
        build("second/app", Map.of("a", "b"));
        assertEquals(2, compiles());
    }

    @Test
    void whatIsDamagedIsCompiledAgain() throws IOException {
        build("first/app", Map.of());
        byte[] image = Files.readAllBytes(directory.resolve("first/app"));
        try (Stream<Path> cached = Files.walk(directory.resolve("cache"))) {
            for (Path object : cached.filter(file -> file.toString().endsWith(".o")).toList()) {
                Files.writeString(object, "damaged");
            }
        }
        build("second/app", Map.of());
        assertEquals(2, compiles());
        assertArrayEquals(image, Files.readAllBytes(directory.resolve("second/app")));
        build("third/app", Map.of());
        assertEquals(2, compiles());
    }

    @Test
    void aCacheThatCannotBeUsedIsAWarning() throws IOException {
        Files.createDirectory(directory.resolve("cache"));
        Files.writeString(directory.resolve("cache/compiled"), "not a directory");
        build("first/app", Map.of());
        assertTrue(Files.exists(directory.resolve("first/app")));
        assertTrue(
                events.stream()
                        .anyMatch(event ->
                                event instanceof ProgressEvent.Warning warning
                                        && warning.text().contains("the cache cannot be")));
    }

    private BuildReport build(String output, Map<String, String> defines) {
        BuildRequest request =
                BuildRequest.of(List.of(classes), "p.Main", directory.resolve(output))
                        .jdk(jdk)
                        .defines(defines)
                        .build();
        BuildResources resources = BuildResources.in(directory.resolve("cache"));
        return new ImageBuild(toolchain, resources, events::add).build(request).getFirst();
    }

    private int compiles() throws IOException {
        return Files.readAllLines(directory.resolve("count")).size();
    }
}
