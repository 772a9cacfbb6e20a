package dev.cortado.image.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplacementTest {
    private static final List<String> NAMES = List.of("image", "debug", "sizes");

    @TempDir Path directory;
    private Path made;
    private Path places;

    @BeforeEach
    void prepare() throws IOException {
        made = Files.createDirectory(directory.resolve("made"));
        places = Files.createDirectory(directory.resolve("places"));
        for (String name : NAMES) {
            Files.writeString(made.resolve(name), "new");
        }
    }

    @Test
    void putsAllInPlace() throws IOException {
        Files.writeString(places.resolve("image"), "old");
        replace();
        assertEquals(Map.of("image", "new", "debug", "new", "sizes", "new"), contents());
    }

    @Test
    void whatIsNotMadeIsNotLeftOver() throws IOException {
        Files.delete(made.resolve("sizes"));
        Files.writeString(places.resolve("sizes"), "old");
        replace();
        assertEquals(Map.of("image", "new", "debug", "new"), contents());
    }

    @Test
    void allIsAsBeforeIfOneCannotBePut() throws IOException {
        // A file cannot take the place of a directory that is not there any more.
        Path gone = directory.resolve("gone/debug");
        for (String name : List.of("image", "sizes")) {
            Files.writeString(places.resolve(name), "old");
        }
        List<Path> to = List.of(places.resolve("image"), gone, places.resolve("sizes"));
        assertThrows(IOException.class, () -> replacement(to).run());
        assertEquals(Map.of("image", "old", "sizes", "old"), contents());
    }

    @Test
    void whatWasNotThereIsNotThereIfOneCannotBePut() throws IOException {
        Path gone = directory.resolve("gone/image");
        List<Path> to = List.of(gone, places.resolve("debug"), places.resolve("sizes"));
        assertThrows(IOException.class, () -> replacement(to).run());
        assertEquals(Map.of(), contents());
    }

    private void replace() throws IOException {
        replacement(NAMES.stream().map(places::resolve).toList()).run();
    }

    private Replacement replacement(List<Path> to) {
        List<Path> from = new ArrayList<>(NAMES.stream().map(made::resolve).toList());
        return new Replacement(from, to, directory.resolve("aside"));
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(places)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }
}
