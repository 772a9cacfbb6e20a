package dev.cortado.image.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StableThreadsTest {
    private static final String RUNNER = "com/oracle/svm/hosted/NativeImageGeneratorRunner.class";

    @TempDir Path directory;

    @Test
    void theBuilderHasNoOtherThreads() throws Exception {
        StableThreads.writeTo(directory, List.of(builder()));
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> classes = files.filter(Files::isRegularFile).toList();
            assertEquals(3, classes.size());
            for (Path changed : classes) {
                assertTrue(text(changed).contains("IdleExecutor"));
            }
        }
    }

    @Test
    void doesNotTakeJustAnyBuilder() throws IOException {
        Path other = directory.resolve("other.jar");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(other))) {
            jar.putNextEntry(new ZipEntry(RUNNER));
            jar.write(ClassChange.ofJdk(JavaProgram.HOME, "java.base", "java/lang/Object"));
        }
        assertThrows(IOException.class, () -> StableThreads.writeTo(directory, List.of(other)));
    }

    private static Path builder() throws Exception {
        var resource = StableThreadsTest.class.getClassLoader().getResource(RUNNER);
        String url = resource.toString();
        return Path.of(URI.create(url.substring("jar:".length(), url.indexOf("!/"))));
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}
