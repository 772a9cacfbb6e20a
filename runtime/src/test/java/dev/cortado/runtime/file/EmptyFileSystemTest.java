package dev.cortado.runtime.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EmptyFileSystemTest {
    @Test
    void onlyTheRootExistsUnderAllItsNames() {
        for (String path : new String[] {"/", "//", ".", "..", "/.", "/../.", "./"}) {
            assertTrue(EmptyFileSystem.exists(path), path);
        }
        for (String path : new String[] {"", "a", "/a", "/a/..", "..a", "/.hidden", "/ "}) {
            assertFalse(EmptyFileSystem.exists(path), path);
        }
    }

    @Test
    void normalizesAsPathsDo() {
        Random random = new Random(1);
        String[] parts = {"a", "bc", ".", "..", "", "..."};
        for (int run = 0; run < 1000; run++) {
            StringBuilder path = new StringBuilder();
            for (int i = random.nextInt(8); i >= 0; i--) {
                path.append('/').append(parts[random.nextInt(parts.length)]);
            }
            String expected = Path.of(path.toString()).normalize().toString();
            assertEquals(expected, EmptyFileSystem.normalize(path.toString()), path.toString());
        }
        assertEquals("/a", EmptyFileSystem.normalize("a"));
    }

    @Test
    void saysWhyNothingCanBeRead() {
        assertEquals(Errors.IS_DIRECTORY, EmptyFileSystem.read("/"));
        assertEquals(Errors.NOT_FOUND, EmptyFileSystem.read("/a"));
    }

    @Test
    void saysWhyNothingCanBeMade() {
        assertEquals(Errors.EXISTS, EmptyFileSystem.create("/"));
        assertEquals(Errors.READ_ONLY, EmptyFileSystem.create("/a"));
        assertEquals(Errors.READ_ONLY, EmptyFileSystem.create("a/"));
        assertEquals(Errors.READ_ONLY, EmptyFileSystem.create("./a"));
        assertEquals(Errors.NOT_FOUND, EmptyFileSystem.create("/a/b"));
        assertEquals(Errors.NOT_FOUND, EmptyFileSystem.create(""));
        assertEquals(Errors.IS_DIRECTORY, EmptyFileSystem.write("/"));
        assertEquals(Errors.READ_ONLY, EmptyFileSystem.write("/a"));
        assertEquals(Errors.READ_ONLY, EmptyFileSystem.change("/"));
        assertEquals(Errors.NOT_FOUND, EmptyFileSystem.change("/a"));
    }
}
