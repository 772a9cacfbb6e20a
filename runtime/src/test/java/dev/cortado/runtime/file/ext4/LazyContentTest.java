package dev.cortado.runtime.file.ext4;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.cortado.runtime.file.storage.cache.HeapMemory;
import dev.cortado.runtime.file.storage.cache.PageCache;
import org.junit.jupiter.api.Test;

class LazyContentTest {
    @Test
    void isMadeOnceForTheFirstWhoAsks() {
        LazyContent content =
                new LazyContent(new PageCache(null, 1024, size -> new HeapMemory(size, 1 << 20)));
        assertNull(content.known());
        assertSame(content.get(), content.get());
        assertSame(content.get(), content.known());
    }
}
