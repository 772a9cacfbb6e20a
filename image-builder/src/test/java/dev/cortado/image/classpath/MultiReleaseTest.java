package dev.cortado.image.classpath;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JAR specification, "Multi-release JAR Files": only the manifest's attribute makes one. */
class MultiReleaseTest {
    private static final List<String> NAMES =
            List.of(
                    "a",
                    "META-INF/versions/9/a",
                    "META-INF/versions/25/b",
                    "META-INF/versions/26/a");

    @TempDir Path directory;

    @Test
    void aNameStandsForWhatThisReleaseFinds() throws IOException {
        try (ClassPathEntry entry = open(jar("true"))) {
            assertEquals(List.of("META-INF/MANIFEST.MF", "a", "b"), entry.names());
            assertEquals("META-INF/versions/9/a", text(entry, "a"));
            assertEquals("META-INF/versions/25/b", text(entry, "b"));
        }
    }

    @Test
    void withoutTheAttributeVersionsAreFilesLikeOthers() throws IOException {
        for (String value : List.of("false", "yes")) {
            try (ClassPathEntry entry = open(jar(value))) {
                assertEquals("a", text(entry, "a"));
                assertEquals(5, entry.names().size());
            }
        }
    }

    private static String text(ClassPathEntry entry, String name) throws IOException {
        return new String(entry.read(name), StandardCharsets.UTF_8);
    }

    private static ClassPathEntry open(Path path) throws IOException {
        return ClassPathEntry.open(ClassPathElement.of(path));
    }

    private Path jar(String multiRelease) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, multiRelease);
        Path file = directory.resolve("x.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            for (String name : NAMES) {
                out.putNextEntry(new ZipEntry(name));
                out.write(name.getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }
}
