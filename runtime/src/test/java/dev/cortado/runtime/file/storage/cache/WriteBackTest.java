package dev.cortado.runtime.file.storage.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.Within;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.transaction.MemoryStorage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A disk that takes its time for the first write. */
class WriteBackTest {
    private static final int BLOCK = 4096;

    private final MemoryStorage storage = new MemoryStorage(64 * BLOCK);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger writes = new AtomicInteger();
    private final PageCache cache = new PageCache(slow(), BLOCK, TakenMemory.untaken(1 << 20));
    private final PagedFile file = cache.newFile();
    private final FileMap map = new FileMap(1, 60, null);

    private Storage slow() {
        return (Storage)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {Storage.class},
                        (proxy, method, arguments) -> call(method, arguments));
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("write") && writes.incrementAndGet() == 1) {
            gate.await();
        }
        try {
            return method.invoke(storage, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void write(int value) throws FileException {
        file.write(0, ByteBuffer.allocate(BLOCK).put(0, (byte) value), map);
    }

    private Within.Running<?> syncInAThread() {
        return Within.start(
                false,
                () -> {
                    file.sync();
                    return null;
                });
    }

    @Test
    void theLastCopyIsWrittenLast() throws Exception {
        map.allocate(0, 0);
        write(1);
        Within.Running<?> first = syncInAThread();
        Within.await(() -> writes.get() == 1);
        write(2);
        Within.Running<?> second = syncInAThread().awaitWaiting();
        gate.countDown();
        first.end();
        second.end();
        assertEquals(2, storage.image()[BLOCK]);
    }

    @Test
    void nothingIsOnItsWayToBlocksThatAreCutOff() throws Exception {
        map.allocate(0, 0);
        write(1);
        Within.Running<?> sync = syncInAThread();
        Within.await(() -> writes.get() == 1);
        Within.Running<?> truncate =
                Within.start(
                                true,
                                () -> {
                                    file.truncate(0, map);
                                    return null;
                                })
                        .awaitWaiting();
        gate.countDown();
        truncate.end();
        assertEquals(1, storage.image()[BLOCK], "It is there before the block is free");
        sync.end();
    }

    @Test
    void allThatWasWrittenBeforeIsThereWhenAllIsWritten() throws Exception {
        map.allocate(0, 0);
        write(1);
        Within.Running<?> sync = syncInAThread();
        Within.await(() -> writes.get() == 1);
        Within.Running<?> all =
                Within.start(
                                true,
                                () -> {
                                    cache.writeAll();
                                    return null;
                                })
                        .awaitWaiting();
        gate.countDown();
        all.end();
        assertEquals(1, storage.image()[BLOCK]);
        sync.end();
    }
}
