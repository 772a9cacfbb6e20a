package dev.cortado.examples.kv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    @TempDir Path directory;

    @Test
    void keepsWhatItIsGiven() throws IOException {
        try (Store store = Store.open(directory)) {
            store.put("a", bytes("one"));
            store.put("b", bytes(""));
            store.put("c", bytes("three"));
            store.put("a", bytes("four"));
            assertTrue(store.delete("c"));
            assertFalse(store.delete("c"));
        }
        try (Store store = Store.open(directory)) {
            assertEquals(List.of("a", "b"), store.keys());
            assertArrayEquals(bytes("four"), store.get("a"));
            assertArrayEquals(bytes(""), store.get("b"));
            assertNull(store.get("c"));
            assertEquals(0, store.cutOff());
        }
    }

    /** Whatever a crash leaves of the last record, those before it are there. */
    @Test
    void cutsOffATornEnd() throws IOException {
        long before;
        try (Store store = Store.open(directory)) {
            store.put("a", bytes("one"));
            before = Files.size(directory.resolve("log"));
            store.put("b", bytes("two"));
        }
        byte[] whole = Files.readAllBytes(directory.resolve("log"));
        for (int length = (int) before; length < whole.length; length++) {
            byte[] torn = Arrays.copyOf(whole, length);
            checkTorn(torn, length - before);
            // The file was made longer, but its last bytes did not get to the disk.
            checkTorn(Arrays.copyOf(torn, whole.length), whole.length - before);
        }
    }

    private void checkTorn(byte[] log, long cutOff) throws IOException {
        Files.write(directory.resolve("log"), log);
        try (Store store = Store.open(directory)) {
            assertEquals(cutOff, store.cutOff());
            assertEquals(List.of("a"), store.keys());
            store.put("b", bytes("again"));
        }
        try (Store store = Store.open(directory)) {
            assertEquals(List.of("a", "b"), store.keys());
            assertArrayEquals(bytes("one"), store.get("a"));
            assertArrayEquals(bytes("again"), store.get("b"));
        }
    }

    @Test
    void doesNotGrowForEver() throws IOException {
        Map<String, byte[]> expected = new HashMap<>();
        Random random = new Random(7);
        try (Store store = Store.open(directory, 10_000)) {
            for (int i = 0; i < 2000; i++) {
                String key = "key" + random.nextInt(20);
                if (random.nextInt(5) == 0) {
                    assertEquals(expected.remove(key) != null, store.delete(key));
                } else {
                    byte[] value = new byte[random.nextInt(100)];
                    random.nextBytes(value);
                    expected.put(key, value);
                    store.put(key, value);
                }
            }
        }
        assertTrue(Files.size(directory.resolve("log")) < 10_500);
        try (Store store = Store.open(directory, 10_000)) {
            assertEquals(expected.size(), store.size());
            for (Map.Entry<String, byte[]> entry : expected.entrySet()) {
                assertArrayEquals(entry.getValue(), store.get(entry.getKey()));
            }
        }
    }

    @Test
    void forgetsACompactionThatDidNotEnd() throws IOException {
        try (Store store = Store.open(directory)) {
            store.put("a", bytes("one"));
        }
        Files.write(directory.resolve("log.new"), bytes("half of it"));
        try (Store store = Store.open(directory)) {
            assertArrayEquals(bytes("one"), store.get("a"));
        }
        assertFalse(Files.exists(directory.resolve("log.new")));
    }

    @Test
    void manyWriteAtOnce() throws Exception {
        try (Store store = Store.open(directory, 20_000)) {
            List<Future<?>> writers = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int writer = 0; writer < 20; writer++) {
                    String key = "key" + writer;
                    writers.add(threads.submit(() -> writeOften(store, key)));
                }
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        }
        try (Store store = Store.open(directory)) {
            assertEquals(20, store.size());
            assertArrayEquals(bytes("key7 49"), store.get("key7"));
        }
    }

    private static Void writeOften(Store store, String key) throws IOException {
        for (int i = 0; i < 50; i++) {
            store.put(key, bytes(key + " " + i));
            assertArrayEquals(bytes(key + " " + i), store.get(key));
        }
        return null;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
