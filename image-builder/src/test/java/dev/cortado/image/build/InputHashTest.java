package dev.cortado.image.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputHashTest {
    @TempDir Path directory;

    @Test
    void tellsListsApart() {
        assertNotEquals(hash("a", "b"), hash("ab"));
        assertNotEquals(hash("a", "b"), hash("b", "a"));
        assertNotEquals(
                new InputHash().addAll(List.of("a")).addAll(List.of()).hex(),
                new InputHash().addAll(List.of()).addAll(List.of("a")).hex());
        assertEquals(hash("a", "b"), hash("a", "b"));
    }

    /** FIPS 180-4's example: SHA-256 of "abc". */
    @Test
    void isSha256ForFiles() throws IOException {
        Path file = Files.writeString(directory.resolve("abc"), "abc");
        assertEquals(
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                InputHash.of(file));
    }

    @Test
    void dependsOnNamesAndContentsOfADirectory() throws IOException {
        Path first = Files.createDirectories(directory.resolve("1/classes"));
        Path second = Files.createDirectories(directory.resolve("2/classes"));
        Files.writeString(first.resolve("a"), "x");
        Files.writeString(second.resolve("a"), "x");
        assertEquals(paths(first), paths(second));
        Files.move(second.resolve("a"), second.resolve("b"));
        assertNotEquals(paths(first), paths(second));
        Files.writeString(second.resolve("a"), "x");
        Files.delete(second.resolve("b"));
        Files.writeString(second.resolve("a"), "y");
        assertNotEquals(paths(first), paths(second));
    }

    private static String paths(Path path) throws IOException {
        return new InputHash().addPaths(List.of(path)).hex();
    }

    private static String hash(String... texts) {
        InputHash hash = new InputHash();
        List.of(texts).forEach(hash::add);
        return hash.hex();
    }
}
