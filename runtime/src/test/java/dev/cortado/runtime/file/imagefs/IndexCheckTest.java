package dev.cortado.runtime.file.imagefs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IndexCheckTest {
    private static final long CONTENT_BYTES = 1000;

    private static byte[] index() {
        IndexWriter writer = new IndexWriter();
        writer.addFile("a/x", 0, 100);
        writer.addFile("a/y", 100, 200);
        writer.addFile("b/c/z", 300, 700);
        writer.addDirectory("e");
        writer.addFile("f", 1000, 0);
        return writer.write(1);
    }

    private static BadIndexException refuse(byte[] index) {
        return assertThrows(BadIndexException.class, () -> FileIndex.read(index, CONTENT_BYTES));
    }

    private static byte[] with(int node, int field, long value) {
        ByteBuffer index = ByteBuffer.wrap(index()).order(ByteOrder.LITTLE_ENDIAN);
        if (field >= IndexLayout.FIRST) {
            index.putLong(IndexLayout.node(node) + field, value);
        } else {
            index.putInt(IndexLayout.node(node) + field, (int) value);
        }
        return index.array();
    }

    /** Nodes: 0 root, 1 a, 2 b, 3 e, 4 f, 5 a/x, 6 a/y, 7 b/c, 8 b/c/z. */
    @Test
    void namesWhatIsWrong() throws BadIndexException {
        assertEquals(9, FileIndex.read(index(), CONTENT_BYTES).nodes());
        assertThrows(BadIndexException.class, () -> FileIndex.read(index(), CONTENT_BYTES - 1));
        String[] messages = {
            refuse(with(4, IndexLayout.COUNT, 1)).getMessage(),
            refuse(with(8, IndexLayout.FIRST, Long.MAX_VALUE)).getMessage(),
            refuse(with(8, IndexLayout.COUNT, -1)).getMessage(),
            refuse(with(1, IndexLayout.FIRST, 0)).getMessage(),
            refuse(with(7, IndexLayout.FIRST, 7)).getMessage(),
            refuse(with(2, IndexLayout.COUNT, 1 << 30)).getMessage(),
            refuse(with(5, IndexLayout.PARENT, 5)).getMessage(),
            refuse(with(5, IndexLayout.PARENT, 2)).getMessage(),
            refuse(with(6, IndexLayout.NAME, 1 << 30)).getMessage(),
            refuse(with(6, IndexLayout.NAME_LENGTH, 0)).getMessage(),
            refuse(with(0, IndexLayout.KIND, IndexLayout.KIND_FILE)).getMessage(),
            refuse(with(6, IndexLayout.KIND, 3)).getMessage(),
        };
        assertEquals("Index of files: node 4: 1 bytes from 1000 on, of 1000", messages[0]);
        assertEquals("Index of files: node 7: 1 entries from node 7 on", messages[4]);
        for (String message : messages) {
            assertTrue(message.matches("Index of files: .*node.*"), message);
        }
    }

    @Test
    void refusesNamesThatAreNoneOrOutOfOrder() {
        byte[] index = index();
        int names = IndexLayout.node(9);
        for (byte bad : new byte[] {0, '/', '.', 'c', 'b'}) {
            byte[] changed = index.clone();
            changed[names] = bad;
            refuse(changed);
        }
    }

    @Test
    void refusesEveryLengthButItsOwn() {
        byte[] index = index();
        for (int length = 0; length < index.length + 10; length++) {
            if (length != index.length) {
                refuse(Arrays.copyOf(index, length));
            }
        }
    }

    /** Whatever gets through can be walked: no loop, nothing outside. */
    @Test
    void whateverGetsThroughIsSound() {
        Random random = new Random(1);
        int accepted = 0;
        byte[] good = index();
        for (int round = 0; round < 40_000; round++) {
            byte[] index = good.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                int at = random.nextInt(index.length);
                index[at] =
                        (byte)
                                (random.nextBoolean()
                                        ? random.nextInt()
                                        : index[at] ^ 1 << random.nextInt(8));
            }
            try {
                walk(FileIndex.read(index, CONTENT_BYTES));
                accepted++;
            } catch (BadIndexException e) {
                assertTrue(e.getMessage().startsWith("Index of files: "));
            }
        }
        assertTrue(accepted > 100, "accepted " + accepted);
    }

    private static void walk(FileIndex index) {
        int entries = 1;
        for (int node = 0; node < index.nodes(); node++) {
            if (!index.isDirectory(node)) {
                assertTrue(index.offset(node) >= 0 && index.length(node) >= 0);
                assertTrue(index.offset(node) + index.length(node) <= CONTENT_BYTES);
                continue;
            }
            for (int i = 0; i < index.entries(node); i++) {
                int entry = index.firstEntry(node) + i;
                assertEquals(node, index.parent(entry));
                assertTrue(entry > node);
                assertEquals(entry, index.find(node, index.name(entry)));
                entries++;
            }
        }
        assertEquals(index.nodes(), entries);
    }
}
