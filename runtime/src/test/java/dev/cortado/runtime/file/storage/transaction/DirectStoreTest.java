package dev.cortado.runtime.file.storage.transaction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.Within;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DirectStoreTest {
    private static final int BLOCK = 1024;
    private static final int BLOCKS = 4096;
    private static final int MEMORY = 64 * BLOCK;

    private final MemoryStorage storage = new MemoryStorage((long) BLOCK * BLOCKS);
    private final DirectStore store = store(() -> {});

    private DirectStore store(OrderedData data) {
        return new DirectStore(storage, BLOCK, BLOCKS, false, MEMORY, data);
    }

    private static void put(DirectStore store, long block, int number) throws FileException {
        try (Change change = store.begin(1)) {
            change.modify(block).putInt(0, number);
            change.done();
        }
    }

    private int onDisk(long block) {
        byte[] image = storage.image();
        return image[(int) block * BLOCK] & 0xFF;
    }

    @Test
    void aBlockIsTheSameForAll() throws FileException {
        try (Change change = store.begin(1)) {
            ByteBuffer bytes = change.modify(7);
            bytes.putInt(4, 0x01020304);
            assertEquals(4, store.read(7).get(4));
            assertSame(bytes, change.modify(7));
            assertEquals(0, change.credits());
            change.done();
        }
        assertEquals(0x01020304, store.read(7).getInt(4));
        assertEquals(BLOCK, store.read(7).capacity());
        assertThrows(ReadOnlyBufferException.class, () -> store.read(7).put(0, (byte) 1));
    }

    @Test
    void blocksThatAreNotThere() throws FileException {
        Fails.with(Errno.EUCLEAN, () -> store.read(BLOCKS));
        Fails.with(Errno.EUCLEAN, () -> store.read(-1));
        try (Change change = store.begin(2)) {
            Fails.with(Errno.EUCLEAN, () -> change.modify(BLOCKS));
            Fails.with(Errno.EUCLEAN, () -> change.create(Long.MAX_VALUE));
            Fails.with(Errno.EUCLEAN, () -> change.free(BLOCKS - 1, 2));
            Fails.with(Errno.EUCLEAN, () -> change.free(1, -1));
            Fails.with(Errno.EUCLEAN, () -> change.free(1, Long.MAX_VALUE));
        }
    }

    /** Whoever remembers a buffer learns when it is another one: blocks leave, steps are undone. */
    @Test
    void aBufferIsTheSameAsLongAsNoBlockHasLeft() throws FileException {
        Random random = new Random(1);
        ByteBuffer[] known = new ByteBuffer[256];
        long[] since = new long[known.length];
        int same = 0;
        for (int i = 0; i < 20_000; i++) {
            int block = random.nextInt(random.nextInt(8) > 0 ? 20 : known.length);
            switch (random.nextInt(12)) {
                case 0 -> put(store, block, i);
                case 1 -> {
                    try (Change undone = store.begin(2)) {
                        undone.create(block);
                        undone.modify(random.nextInt(known.length)).putInt(0, i);
                    }
                }
                case 2 -> {
                    try (Change change = store.begin(1)) {
                        change.free(block, 1);
                        change.done();
                    }
                }
                case 3 -> store.commit(store.transaction());
                default -> {
                    long departures = store.departures();
                    ByteBuffer now = store.read(block);
                    if (known[block] != null && since[block] == departures) {
                        assertSame(known[block], now);
                        same++;
                    }
                    known[block] = now;
                    since[block] = departures;
                }
            }
        }
        assertTrue(same > 100, same + " of them");
    }

    /** What is known of a block is so of what is in memory. */
    @Test
    void aMarkIsKeptAsLongAsTheBlockIsWhatItWas() throws FileException {
        store.setMark(3, 5);
        assertEquals(0, store.mark(3), "it is not in memory");
        store.read(3);
        store.setMark(3, 5);
        put(store, 3, 33);
        store.commit(store.transaction());
        assertEquals(5, store.mark(3));
        try (Change change = store.begin(1)) {
            change.modify(3).putInt(0, 44);
        }
        assertEquals(0, store.mark(3), "the change was undone");
        store.setMark(3, 5);
        try (Change change = store.begin(1)) {
            change.create(3);
            assertEquals(0, store.mark(3), "it is another block");
            change.done();
        }
        store.setMark(3, 5);
        try (Change change = store.begin(1)) {
            change.free(3, 1);
            change.done();
        }
        store.read(3);
        assertEquals(0, store.mark(3), "it was free meanwhile");
    }

    @Test
    void creditsAreCounted() throws FileException {
        Fails.with(Errno.ENOSPC, () -> store.begin(store.maximumBlocks() + 1));
        Fails.with(Errno.ENOSPC, () -> store.begin(-1));
        try (Change change = store.begin(1)) {
            change.create(1);
            Fails.with(Errno.ENOSPC, () -> change.modify(2));
            change.next(2);
            change.modify(2);
            change.modify(1);
            assertEquals(0, change.credits());
        }
    }

    @Test
    void whatWasNotDoneIsAsBefore() throws FileException {
        put(store, 3, 33);
        try (Change change = store.begin(4)) {
            change.modify(3).putInt(0, 44);
            change.create(5).putInt(0, 55);
            change.free(3, 1);
            change.free(100, 1000);
            assertTrue(store.isHeld(100));
        }
        assertEquals(33, store.read(3).getInt(0));
        assertEquals(0, store.read(5).getInt(0));
        assertFalse(store.isHeld(100));
        assertFalse(store.holdsBlocks());
        store.commit(store.transaction());
        assertEquals(33, onDisk(3));
        assertEquals(0, onDisk(5));
    }

    @Test
    void aStepThatIsOverStaysWhenTheNextIsUndone() throws FileException {
        try (Change change = store.begin(1)) {
            change.modify(3).putInt(0, 1);
            change.free(9, 1);
            change.next(1);
            change.modify(3).putInt(0, 2);
        }
        assertEquals(1, store.read(3).getInt(0));
        assertTrue(store.isHeld(9));
    }

    @Test
    void dataFirstThenBlocksThenAFlush() throws FileException {
        List<Long> writesBefore = new ArrayList<>();
        try (DirectStore ordered = store(() -> writesBefore.add(storage.writes()))) {
            put(ordered, 3, 3);
            put(ordered, 4, 4);
            put(ordered, 9, 9);
            long transaction = ordered.transaction();
            assertTrue(ordered.commit(transaction));
            assertEquals(transaction + 1, ordered.transaction());
            assertFalse(ordered.commit(transaction), "Nothing to commit");
        }
        assertEquals(List.of(0L, 2L), writesBefore, "3 and 4 in one request");
        assertEquals(2, storage.writes());
        assertEquals(2, storage.flushes());
        assertEquals(4, onDisk(4));
    }

    @Test
    void freedBlocksAreHeldAndNotWritten() throws FileException {
        put(store, 3, 33);
        try (Change change = store.begin(0)) {
            change.free(2, 10);
            change.done();
        }
        assertTrue(store.isHeld(2) && store.isHeld(11) && store.holdsBlocks());
        assertFalse(store.isHeld(12));
        store.commit(store.transaction());
        assertFalse(store.isHeld(2) || store.holdsBlocks());
        assertEquals(0, onDisk(3));
    }

    @Test
    void aBlockThatIsUsedAfterAllIsWritten() throws FileException {
        put(store, 3, 33);
        try (Change change = store.begin(1)) {
            change.free(3, 1);
            change.create(3).putInt(0, 34);
            change.done();
        }
        store.close();
        assertEquals(34, onDisk(3));
    }

    @Test
    void memoryIsBounded() throws FileException {
        for (int block = 0; block < BLOCKS; block++) {
            put(store, block, block & 0x7F);
        }
        for (int round = 0; round < 2; round++) {
            for (int block = 0; block < BLOCKS; block++) {
                assertEquals(block & 0x7F, store.read(block).getInt(0));
            }
        }
        assertTrue(storage.reads() > 2 * BLOCKS, "Read again: " + storage.reads());
        long reads = storage.reads();
        store.read(BLOCKS - 1);
        assertEquals(reads, storage.reads());
    }

    @Test
    void anErrorEndsAllWriting() throws FileException {
        put(store, 3, 3);
        storage.setFaults((request, position, length) -> request == MemoryStorage.Request.FLUSH);
        Fails.with(Errno.EIO, () -> store.commit(store.transaction()));
        storage.setFaults((request, position, length) -> false);
        assertTrue(store.isReadOnly());
        Fails.with(Errno.EIO, () -> store.begin(1));
        Fails.with(Errno.EIO, () -> store.commit(store.transaction()));
        assertEquals(3, store.read(3).getInt(0));
        store.close();
    }

    @Test
    void readOnly() throws FileException {
        storage.setReadOnly(true);
        DirectStore readOnly = store(() -> {});
        Fails.with(Errno.EROFS, () -> readOnly.begin(1));
        readOnly.close();
        assertEquals(0, storage.flushes());
    }

    @Test
    void changesGoOnWhileTransactionsAreWritten() throws Exception {
        DirectStore[] ordered = new DirectStore[1];
        ordered[0] =
                store(() -> {
                    if (ordered[0].transaction() == 2) {
                        put(ordered[0], 3, 2);
                        assertTrue(ordered[0].isHeld(8));
                    }
                });
        put(ordered[0], 3, 1);
        try (Change change = ordered[0].begin(0)) {
            change.free(8, 1);
            change.done();
        }
        assertTrue(Within.start(true, () -> ordered[0].commit(1)).end());
        assertEquals(1, onDisk(3));
        assertEquals(2, ordered[0].read(3).getInt(0));
        ordered[0].close();
        assertEquals(2, onDisk(3));
    }

    @Test
    void callsThatBelongElsewhere() throws FileException {
        try (Change change = store.begin(1)) {
            assertThrows(IllegalStateException.class, () -> store.begin(1));
            assertThrows(IllegalStateException.class, () -> store.commit(1));
            change.close();
            assertThrows(IllegalStateException.class, () -> change.modify(1));
        }
        put(store, 1, 1);
    }

    @Test
    void isWhatAnArrayIs() throws FileException {
        Random random = new Random(7);
        int[] kept = new int[200];
        for (int round = 0; round < 3000; round++) {
            int[] changed = kept.clone();
            try (Change change = store.begin(8)) {
                for (int i = random.nextInt(8); i > 0; i--) {
                    int block = random.nextInt(kept.length);
                    changed[block] = random.nextInt(1, 128);
                    ByteBuffer bytes =
                            random.nextBoolean() ? change.modify(block) : change.create(block);
                    bytes.putInt(0, changed[block]);
                }
                if (random.nextInt(4) > 0) {
                    change.done();
                    kept = changed;
                }
            }
            int block = random.nextInt(kept.length);
            assertEquals(kept[block], store.read(block).getInt(0));
            if (random.nextInt(50) == 0) {
                store.commit(store.transaction());
            }
        }
        store.close();
        int[] written = new int[kept.length];
        for (int block = 0; block < written.length; block++) {
            written[block] = onDisk(block);
        }
        assertArrayEquals(kept, written);
    }
}
