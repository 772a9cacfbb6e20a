package dev.cortado.image.build;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.image.SideFiles;
import dev.cortado.image.progress.ProgressEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds that share a cache, with a shell script for the compiler, which counts its calls. */
class CompiledBeforeTest {
    @TempDir Path directory;
    private FakeBuild fake;

    @BeforeEach
    void prepare() throws IOException {
        fake =
                new FakeBuild(
                        directory,
                        """
                        echo x >> "$calls"
                        echo '[{"name": "serial", "reason": "System.out"}]' > reports/drivers.json
                        echo '{"code":{},"heap":{}}' > reports/sizes.json
                        """);
    }

    @Test
    void aCleanedProjectIsNotCompiledAgain() throws IOException {
        build("first/app", Map.of());
        byte[] image = Files.readAllBytes(directory.resolve("first/app"));
        byte[] sizes = Files.readAllBytes(SideFiles.sizes(directory.resolve("first/app")));
        BuildReport again = build("second/app", Map.of());
        assertFalse(again.upToDate());
        assertEquals(1, fake.calls().size());
        assertArrayEquals(image, Files.readAllBytes(directory.resolve("second/app")));
        assertArrayEquals(
                sizes, Files.readAllBytes(SideFiles.sizes(directory.resolve("second/app"))));
        assertTrue(fake.phases().stream().anyMatch(phase -> phase.contains("cache")));
    }

    @Test
    void otherInputsAreCompiled() throws IOException {
        build("first/app", Map.of());
        build("second/app", Map.of("a", "b"));
        assertEquals(2, fake.calls().size());
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
        assertEquals(2, fake.calls().size());
        assertArrayEquals(image, Files.readAllBytes(directory.resolve("second/app")));
        build("third/app", Map.of());
        assertEquals(2, fake.calls().size());
    }

    @Test
    void aCacheThatCannotBeUsedIsAWarning() throws IOException {
        Files.createDirectory(directory.resolve("cache"));
        Files.writeString(directory.resolve("cache/compiled"), "not a directory");
        build("first/app", Map.of());
        assertTrue(Files.exists(directory.resolve("first/app")));
        assertWarns("the cache cannot be");
    }

    @Test
    void norIsADirectoryForCachesThatCannotBeMade() throws IOException {
        Files.writeString(directory.resolve("cache"), "not a directory");
        build("first/app", Map.of());
        assertTrue(Files.exists(directory.resolve("first/app")));
        assertWarns("the cache cannot be");
        assertWarns("other builds cannot be told how much memory this one takes");
    }

    private void assertWarns(String text) {
        assertTrue(
                fake.events.stream()
                        .anyMatch(event ->
                                event instanceof ProgressEvent.Warning warning
                                        && warning.text().contains(text)),
                fake.events::toString);
    }

    private BuildReport build(String output, Map<String, String> defines) {
        BuildRequest.Builder request = fake.request(directory.resolve(output)).defines(defines);
        return fake.build(request, fake.resources()).getFirst();
    }
}
