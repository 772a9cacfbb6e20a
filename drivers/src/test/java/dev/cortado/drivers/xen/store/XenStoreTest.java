package dev.cortado.drivers.xen.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class XenStoreTest {
    private final FakeXenstored xenstored = new FakeXenstored();
    private final XenStore store = xenstored.connect(7);

    @AfterEach
    void close() {
        store.close();
        xenstored.close();
    }

    @Test
    void readsWhatWasWritten() throws IOException {
        store.write("data/text", "grüezi");
        assertEquals("grüezi", store.readText("data/text"));
        assertEquals("grüezi", xenstored.read("/local/domain/7/data/text"));
        assertEquals("", store.readText("data"));
        byte[] bytes = new byte[256];
        new Random(1).nextBytes(bytes);
        store.write("/local/domain/7/data/bytes", bytes);
        assertArrayEquals(bytes, store.read("data/bytes"));
    }

    @Test
    void aValueMayBeAsLongAsAMessage() throws IOException {
        byte[] value = new byte[4096 - "long".length() - 1];
        new Random(2).nextBytes(value);
        store.write("long", value);
        assertArrayEquals(value, store.read("long"), "it went through a ring of 1024 bytes");
        StoreException tooLong =
                assertThrows(
                        StoreException.class,
                        () -> store.write("long", new byte[value.length + 1]));
        assertEquals("xenstore: WRITE long: E2BIG (4097 bytes)", tooLong.getMessage());
        assertArrayEquals(value, store.read("long"), "xenstored has not seen that one");
    }

    @Test
    void errorsTellOperationPathAndName() {
        StoreException missing =
                assertThrows(StoreException.class, () -> store.read("device/vif/0/state"));
        assertEquals("xenstore: READ device/vif/0/state: ENOENT", missing.getMessage());
        assertEquals("ENOENT", missing.error());
        assertEquals("READ", missing.operation());
        assertEquals("device/vif/0/state", missing.path());
    }

    @Test
    void whatIsMissingCanBeNormal() throws IOException {
        assertNull(store.readTextOrNull("nothing"));
        assertEquals(List.of(), store.directoryOrEmpty("nothing"));
        store.remove("nothing");
        store.remove("nothing/beneath/nothing");
    }

    @Test
    void directories() throws IOException {
        store.mkdir("device/vif/0");
        store.mkdir("device/vbd");
        assertEquals(List.of("vbd", "vif"), store.directory("device"));
        assertEquals(List.of(), store.directory("device/vbd"));
        store.remove("device/vif");
        assertEquals(List.of("vbd"), store.directory("device"));
    }

    @Test
    void aListThatIsLongerThanAMessage() throws IOException {
        List<String> names = new ArrayList<>();
        for (int i = 1000; i < 3000; i++) {
            names.add("node-" + i);
            store.mkdir("many/node-" + i);
        }
        assertEquals(names, store.directory("many"));
    }

    @Test
    void permissions() throws IOException {
        store.write("shared", "");
        assertEquals(
                List.of(new Permission(7, Permission.Access.NONE)), store.permissions("shared"));
        List<Permission> permissions =
                List.of(
                        new Permission(7, Permission.Access.NONE),
                        new Permission(12, Permission.Access.READ));
        store.setPermissions("shared", permissions);
        assertEquals(permissions, store.permissions("shared"));
    }

    @Test
    void aTransactionIsSeenAsAWhole() throws IOException {
        store.inTransaction(transaction -> {
            transaction.write("pair/a", "1");
            assertNull(store.readTextOrNull("pair/a"));
            assertEquals("1", transaction.readText("pair/a"));
            transaction.write("pair/b", "2");
            return null;
        });
        assertEquals("1", store.readText("pair/a"));
    }

    @Test
    void anExceptionEndsATransactionWithoutChanges() throws IOException {
        assertThrows(
                IllegalStateException.class,
                () ->
                        store.inTransaction(transaction -> {
                            transaction.write("never", "");
                            throw new IllegalStateException();
                        }));
        assertNull(store.readTextOrNull("never"));
        assertFalse(
                store.inTransaction(transaction -> transaction.directory("/")) == null,
                "the next one begins anew");
    }

    @Test
    void manyThreadsCountInTransactions() throws Exception {
        store.write("count", "0");
        int threads = 8;
        int each = 10;
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<Object>> all =
                    executor.invokeAll(
                            IntStream.range(0, threads)
                                    .<java.util.concurrent.Callable<Object>>mapToObj(
                                            t -> () -> countUp(each))
                                    .toList());
            for (Future<Object> one : all) {
                one.get(30, TimeUnit.SECONDS);
            }
        }
        assertEquals("" + threads * each, store.readText("count"));
    }

    private Object countUp(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            store.inTransaction(transaction -> {
                int count = Integer.parseInt(transaction.readText("count"));
                transaction.write("count", "" + (count + 1));
                return null;
            });
        }
        return null;
    }

    @Test
    void manyThreadsGetTheirOwnReplies() throws Exception {
        try (ExecutorService executor = Executors.newFixedThreadPool(16)) {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < 16; t++) {
                int thread = t;
                all.add(
                        executor.submit(() -> {
                            byte[] value = new byte[100 + 200 * thread];
                            new Random(thread).nextBytes(value);
                            for (int i = 0; i < 50; i++) {
                                store.write("thread/" + thread, value);
                                assertArrayEquals(value, store.read("thread/" + thread));
                            }
                            return null;
                        }));
            }
            for (Future<?> one : all) {
                one.get(30, TimeUnit.SECONDS);
            }
        }
    }
}
