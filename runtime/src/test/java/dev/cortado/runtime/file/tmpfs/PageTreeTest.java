package dev.cortado.runtime.file.tmpfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PageTreeTest {
    /** A file's last page if it has 2^63 - 1 bytes. */
    private static final long LAST = Long.MAX_VALUE / TmpFileSystem.PAGE_BYTES;

    @Test
    void agreesWithAMap() {
        Random random = new Random(1);
        for (int round = 0; round < 300; round++) {
            PageTree tree = new PageTree();
            TreeMap<Long, byte[]> model = new TreeMap<>();
            for (int step = 0; step < 500; step++) {
                long page = random.nextLong(1L << random.nextInt(52));
                switch (random.nextInt(20)) {
                    case 0 -> {
                        tree.removeFrom(page);
                        model.tailMap(page, true).clear();
                    }
                    case 1, 2, 3, 4, 5 -> assertSame(model.get(page), tree.get(page));
                    default -> {
                        if (!model.containsKey(page)) {
                            byte[] bytes = new byte[1];
                            tree.put(page, bytes);
                            model.put(page, bytes);
                        }
                    }
                }
                assertEquals(model.size(), tree.count());
            }
            for (Map.Entry<Long, byte[]> entry : model.entrySet()) {
                assertSame(entry.getValue(), tree.get(entry.getKey()));
                assertSame(model.get(entry.getKey() + 1), tree.get(entry.getKey() + 1));
            }
        }
    }

    @Test
    void reachesTheLastPage() {
        PageTree tree = new PageTree();
        byte[] bytes = new byte[1];
        tree.put(LAST, bytes);
        assertSame(bytes, tree.get(LAST));
        assertEquals(null, tree.get(0));
        assertEquals(null, tree.get(LAST - 1));
        tree.removeFrom(LAST);
        assertEquals(0, tree.count());
        tree.put(0, bytes);
        assertSame(bytes, tree.get(0));
    }
}
