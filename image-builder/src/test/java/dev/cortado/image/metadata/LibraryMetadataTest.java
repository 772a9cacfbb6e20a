package dev.cortado.image.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.classpath.ClassPathElement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a repository of a few libraries, of which one needs another. */
final class LibraryMetadataTest {
    private static final String FILE = "reflect-config.json";

    @TempDir Path directory;

    private final Map<String, String> repository = new LinkedHashMap<>();

    @BeforeEach
    void repository() {
        repository.put(
                "org.a/lib/index.json",
                """
                [{"latest": true, "metadata-version": "2.0", "tested-versions": ["2.0", "2.1"]},
                 {"metadata-version": "1.0", "default-for": "1\\\\..*", "tested-versions": ["1.0"],
                  "requires": ["org.e:more", "org.a:lib", "org.nobody:knows"]}]
                """);
        repository.put("org.a/lib/2.0/" + FILE, "two");
        repository.put("org.a/lib/2.0/more/" + FILE, "not of this release");
        repository.put("org.a/lib/1.0/" + FILE, "one");
        repository.put(
                "org.b/base/index.json",
                """
                [{"latest": true, "override": true, "metadata-version": "5",
                  "tested-versions": ["5"]}]
                """);
        repository.put("org.b/base/5/" + FILE, "five");
        repository.put(
                "org.e/more/index.json", "[{\"latest\": true, \"metadata-version\": \"7\"}]");
        repository.put("org.e/more/7/" + FILE, "seven");
        repository.put("org.c/twice/index.json", "[]");
        repository.put("org.d/twice/index.json", "[]");
    }

    private static byte[] zip(Map<String, String> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private ClassPathElement jar(String name, String... coordinates) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("x/X.class", "");
        for (String library : coordinates) {
            String[] parts = library.split(":");
            files.put(
                    "META-INF/maven/" + parts[0] + "/" + parts[1] + "/pom.properties",
                    "artifactId=" + parts[1] + "\nversion=" + parts[2] + "\n");
        }
        Path jar = directory.resolve(name);
        Files.write(jar, zip(files));
        return ClassPathElement.of(jar);
    }

    private LibraryMetadata of(ClassPathElement... classPath) throws IOException {
        Path file = directory.resolve("repository.zip");
        Files.write(file, zip(repository));
        try (MetadataRepository read = new MetadataRepository(file)) {
            return LibraryMetadata.of(List.of(classPath), directory.resolve("metadata"), read);
        }
    }

    /** The contents of all files that were written, sorted. */
    private List<String> written() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("metadata/META-INF/native-image"))) {
            List<String> contents = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertEquals(FILE, file.getFileName().toString());
                contents.add(Files.readString(file));
            }
            contents.sort(null);
            return contents;
        }
    }

    @Test
    void aTestedReleaseHasItsOwn() throws IOException {
        LibraryMetadata found = of(jar("a.jar", "org.a:lib:2.1"));
        assertEquals(directory.resolve("metadata"), found.added().orElseThrow().path());
        assertEquals(List.of(), found.overridden());
        assertEquals(List.of("two"), written());
    }

    @Test
    void othersHaveThatOfTheirRangeAndWhatItRequires() throws IOException {
        of(jar("a.jar", "org.a:lib:1.7"));
        assertEquals(List.of("one", "seven"), written());
    }

    @Test
    void laterOnesHaveThatOfTheLatest() throws IOException {
        of(jar("b.jar", "org.a:lib:3.0-beta"));
        assertEquals(List.of("two"), written());
    }

    @Test
    void aJarOfSeveralLibrariesHasThatOfAll() throws IOException {
        ClassPathElement jar = jar("all.jar", "org.a:lib:1.0", "org.b:base:5");
        LibraryMetadata found = of(jar);
        assertEquals(List.of("five", "one", "seven"), written());
        assertEquals(List.of(jar), found.overridden());
        assertEquals(List.of(), found.speaking(List.of(jar)));
    }

    /** What takes the place of a library's own is for releases only that it was tried with. */
    @Test
    void nothingOverridesWhatAnUnknownReleaseSays() throws IOException {
        LibraryMetadata found = of(jar("b.jar", "org.b:base:6"));
        assertEquals(LibraryMetadata.none(), found);
    }

    @Test
    void aJarThatSaysNothingIsKnownByItsName() throws IOException {
        of(jar("lib-2.0.jar"));
        assertEquals(List.of("two"), written());
    }

    @Test
    void namesThatAreNotClearAreNotGuessed() throws IOException {
        assertEquals(
                LibraryMetadata.none(),
                of(jar("twice-1.0.jar"), jar("lib.jar"), jar("other-1.0.jar")));
    }

    @Test
    void aMalformedIndexIsNamed() {
        repository.put("org.a/lib/index.json", "[");
        IOException e = assertThrows(IOException.class, () -> of(jar("a.jar", "org.a:lib:2.1")));
        assertTrue(e.getMessage().contains("org.a/lib/index.json"), e.getMessage());
    }
}
