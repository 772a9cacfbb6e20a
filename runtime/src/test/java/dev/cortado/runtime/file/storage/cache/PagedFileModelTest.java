package dev.cortado.runtime.file.storage.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Within;
import dev.cortado.runtime.file.storage.transaction.MemoryStorage;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files whose cache is much smaller than they are have the bytes that were written to them. */
class PagedFileModelTest {
    private static final int BLOCKS = 64;

    @ParameterizedTest
    @ValueSource(ints = {1024, 2048, 4096, 65536})
    void isWhatAnArrayIs(int blockBytes) throws Exception {
        for (int seed = 0; seed < 6; seed++) {
            Random random = new Random(seed);
            MemoryStorage storage = new MemoryStorage(2L * BLOCKS * blockBytes);
            PageCache cache =
                    new PageCache(storage, blockBytes, TakenMemory.untaken(seed % 2 * 100_000L));
            Random places = seed % 3 == 0 ? null : random;
            FileMap map = new FileMap(1, BLOCKS + 10, places);
            ModelFile file = new ModelFile(cache, map, BLOCKS * blockBytes, random);
            for (int step = 0; step < 200; step++) {
                file.step();
                int pages = Math.max(8, (int) (seed % 2 * 100_000L / cache.pageBytes()));
                assertTrue(cache.bytes() <= (pages + 1L) * cache.pageBytes(), "" + cache.bytes());
            }
            file.checkAll(storage);
            assertTrue(cache.dirtyBytes() == 0, "" + cache.dirtyBytes());
        }
    }

    @Test
    void filesDoNotDisturbEachOther() throws Exception {
        int blockBytes = 1024;
        int files = 4;
        MemoryStorage storage = new MemoryStorage((long) files * 2 * BLOCKS * blockBytes);
        TakenMemory memory = new TakenMemory(PageCache.MINIMUM_PAGE_BYTES, 0);
        PageCache cache = new PageCache(storage, blockBytes, pageBytes -> memory);
        AtomicInteger left = new AtomicInteger(files);
        @SuppressWarnings("unchecked")
        Callable<Void>[] calls = new Callable[files + 1];
        for (int i = 0; i < files; i++) {
            Random random = new Random(i);
            FileMap map = new FileMap(1 + i * 2 * BLOCKS, BLOCKS, random);
            ModelFile file = new ModelFile(cache, map, BLOCKS * blockBytes, random);
            calls[i] =
                    () -> {
                        try {
                            for (int step = 0; step < 300; step++) {
                                file.step();
                            }
                            file.checkAll(storage);
                        } finally {
                            left.decrementAndGet();
                        }
                        return null;
                    };
        }
        calls[files] =
                () -> {
                    while (left.get() > 0) {
                        cache.writeAll();
                        memory.take(3);
                        Thread.yield();
                    }
                    return null;
                };
        Within.together(calls);
        assertEquals(0, cache.dirtyBytes());
    }
}
