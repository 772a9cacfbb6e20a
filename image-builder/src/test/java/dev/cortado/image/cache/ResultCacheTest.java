package dev.cortado.image.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultCacheTest {
    private static final String FIRST = "0123456789abcdef";
    private static final String OBJECT = "object".repeat(200);
    private static final String SECOND = "fedcba9876543210";

    @TempDir Path directory;
    private Path root;
    private Path result;

    @BeforeEach
    void prepare() throws IOException {
        root = directory.resolve("cache");
        result = Files.createDirectories(directory.resolve("result"));
        Files.createDirectories(result.resolve("reports"));
        Files.writeString(result.resolve("object.o"), OBJECT);
        Files.writeString(result.resolve("reports/sizes.json"), "{}");
    }

    @Test
    void givesBackWhatWasStored() throws IOException {
        ResultCache cache = new ResultCache(root, 100_000);
        assertFalse(cache.fetch(FIRST, directory.resolve("nothing")));
        cache.store(FIRST, result);
        Path into = directory.resolve("into");
        assertTrue(cache.fetch(FIRST, into));
        assertEquals(FileTree.files(result).size(), FileTree.files(into).size());
        assertEquals(OBJECT, Files.readString(into.resolve("object.o")));
        assertEquals("{}", Files.readString(into.resolve("reports/sizes.json")));
        assertFalse(cache.fetch(SECOND, directory.resolve("other")));
    }

    @Test
    void whatIsDamagedIsNotThereAndIsMadeAnew() throws IOException {
        ResultCache cache = new ResultCache(root, 100_000);
        for (String damage : List.of("obj", "objects", "0bject", "")) {
            cache.store(FIRST, result);
            Files.writeString(root.resolve(FIRST).resolve("object.o"), damage);
            assertFalse(cache.fetch(FIRST, directory.resolve("into" + damage)), damage);
            assertFalse(Files.exists(root.resolve(FIRST)));
        }
        cache.store(FIRST, result);
        Files.delete(root.resolve(FIRST).resolve("reports/sizes.json"));
        assertFalse(cache.fetch(FIRST, directory.resolve("less")));
        cache.store(FIRST, result);
        assertTrue(cache.fetch(FIRST, directory.resolve("whole")));
    }

    @Test
    void theOneNotUsedForTheLongestTimeGoesFirst() throws IOException {
        long one = FileTree.size(result);
        // Each entry has a list of its contents as well.
        ResultCache cache = new ResultCache(root, 3 * one + 200);
        List<String> keys = IntStream.range(0, 4).mapToObj(i -> "%016x".formatted(i)).toList();
        for (int i = 0; i < 3; i++) {
            cache.store(keys.get(i), result);
            age(keys.get(i), 100 - i);
        }
        assertTrue(cache.fetch(keys.get(0), directory.resolve("used")));
        cache.store(keys.get(3), result);
        assertFalse(Files.exists(root.resolve(keys.get(1))), "used least recently");
        assertTrue(Files.exists(root.resolve(keys.get(0))));
        assertTrue(Files.exists(root.resolve(keys.get(3))));
        cache.clear();
        assertEquals(List.of(), cache.entries());
    }

    @Test
    void whatIsLargerThanTheCacheIsNotStored() throws IOException {
        ResultCache cache = new ResultCache(root, 3);
        cache.store(FIRST, result);
        assertFalse(cache.fetch(FIRST, directory.resolve("into")));
    }

    @Test
    void halfAnEntryOfADeadProcessGoes() throws IOException {
        ResultCache cache = new ResultCache(root, 100_000);
        Path half = Files.createDirectories(root.resolve(".part-1"));
        Files.writeString(half.resolve("object.o"), "obj");
        cache.store(FIRST, result);
        assertTrue(Files.exists(half), "its process may be alive");
        Files.setLastModifiedTime(half, FileTime.from(Instant.now().minusSeconds(7200)));
        cache.store(SECOND, result);
        assertFalse(Files.exists(half));
    }

    @Test
    void severalMayUseItAtOnce() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Boolean>> work =
                    IntStream.range(0, 60)
                            .<Callable<Boolean>>mapToObj(
                                    i -> () -> use("%016x".formatted(i % 5), i))
                            .toList();
            for (Future<Boolean> each : threads.invokeAll(work)) {
                assertTrue(each.get());
            }
        }
    }

    /** Stores, and sees either the whole entry or none. */
    private boolean use(String key, int number) throws IOException {
        ResultCache cache = new ResultCache(root, 3 * FileTree.size(result) + 200);
        cache.store(key, result);
        Path into = directory.resolve("into" + number);
        return !cache.fetch(key, into) || Files.readString(into.resolve("object.o")).equals(OBJECT);
    }

    @Test
    void aKeyIsNoPath() {
        ResultCache cache = new ResultCache(root, 100_000);
        for (String key : List.of("", "..", "0123456789abcde/", "0123456789ABCDEF")) {
            assertThrows(IllegalArgumentException.class, () -> cache.store(key, result), key);
        }
    }

    private void age(String key, int seconds) throws IOException {
        Files.setLastModifiedTime(
                root.resolve(key), FileTime.from(Instant.now().minusSeconds(seconds)));
    }
}
