package dev.cortado.runtime.file.storage.journal;

import static dev.cortado.runtime.file.storage.journal.TestStore.BLOCK;
import static dev.cortado.runtime.file.storage.journal.TestStore.BLOCKS;
import static dev.cortado.runtime.file.storage.journal.TestStore.number;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.Within;
import dev.cortado.runtime.file.storage.transaction.Change;
import dev.cortado.runtime.file.storage.transaction.MemoryStorage;
import dev.cortado.runtime.file.storage.transaction.MemoryStorage.Flush;
import dev.cortado.runtime.file.storage.transaction.MemoryStorage.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class JournaledStoreTest {
    private static final long FIRST = (1L << 32) + TestStore.FIRST_LOGGED;

    private final TestStore test = new TestStore(true);
    private final JournaledStore store = test.store;
    private final MemoryStorage disk = test.disk;

    JournaledStoreTest() throws FileException {}

    @Test
    void aTransactionInTheLog() throws FileException {
        test.put(1000, 5);
        test.put(1001, 6);
        assertTrue(store.commit(store.transaction()));
        assertArrayEquals(
                new int[] {JournalFormat.DESCRIPTOR, TestStore.FIRST_LOGGED},
                TestStore.header(disk, 1));
        assertArrayEquals(
                new int[] {JournalFormat.COMMIT, TestStore.FIRST_LOGGED},
                TestStore.header(disk, 4));
        assertEquals(0, number(disk.image(), 1000), "Not in its place yet");
        assertEquals(5, number(test.recovered(), 1000));
        assertEquals(6, number(test.recovered(), 1001));
        store.close();
        assertEquals(6, number(disk.image(), 1001));
        assertFalse(Journal.open(TestStore.places(disk)).needsRecovery());
    }

    @Test
    void theMagicNumberIsNotInTheLog() throws FileException {
        test.put(1000, Integer.reverseBytes(JournalFormat.MAGIC));
        test.commit();
        assertArrayEquals(new int[] {0, 0}, TestStore.header(disk, 2));
        byte[] image = disk.image();
        int at = (int) test.places.position(2);
        assertEquals(0, image[at] | image[at + 1] | image[at + 2] | image[at + 3]);
        assertEquals(Integer.reverseBytes(JournalFormat.MAGIC), number(test.recovered(), 1000));
    }

    @Test
    void anOrderOfWriting() throws FileException {
        disk.startLog();
        test.put(1000, 5);
        test.commit();
        List<String> kinds = new ArrayList<>();
        disk.log().forEach(event -> kinds.add(event instanceof Flush ? "flush" : "write"));
        assertEquals(List.of("write", "write", "flush", "write", "flush"), kinds);
        test.put(1000, 6);
        test.commit();
        assertEquals(5 + 4, disk.log().size(), "The superblock is written once");
    }

    @Test
    void nothingToDo() throws FileException {
        long writes = disk.writes();
        assertTrue(store.commit(store.transaction()), "Data is flushed");
        assertFalse(store.commit(store.transaction() - 1));
        store.close();
        assertEquals(writes, disk.writes());
    }

    @Test
    void moreThanItHolds() {
        Fails.with(Errno.ENOSPC, () -> store.begin(TestStore.JOURNAL_BLOCKS));
    }

    @Test
    void aBlockThatIsFreedAndUsedAgainAtOnce() throws FileException {
        test.put(1000, 5);
        test.commit();
        test.free(1000);
        test.put(1000, 6);
        test.commit();
        assertEquals(6, number(test.recovered(), 1000));
    }

    @Test
    void whatIsFreedIsNotReplayed() throws FileException {
        test.put(1000, 5);
        test.commit();
        test.free(1000);
        test.put(1001, 6);
        test.commit();
        assertFalse(store.isHeld(1000));
        assertEquals(0, number(test.recovered(), 1000));
        assertEquals(6, number(test.recovered(), 1001));
        store.close();
        assertEquals(0, number(disk.image(), 1000));
    }

    @Test
    void blocksThatAreOnlyInTheLogAreRead() throws FileException {
        for (int block = 1000; block < 1040; block++) {
            test.put(block, block);
        }
        test.commit();
        for (int block = 1000; block < 1040; block++) {
            assertEquals(block, store.read(block).getInt(0));
        }
    }

    @Test
    void blocksOfATransactionThatIsBeingWrittenAreRead() throws FileException {
        TestStore[] other = new TestStore[1];
        int[] seen = new int[1];
        other[0] =
                new TestStore(
                        true,
                        () -> {
                            for (int block = 1100; block < 1140; block++) {
                                other[0].store.read(block);
                            }
                            seen[0] = other[0].store.read(1000).getInt(0);
                        });
        other[0].put(1000, 5);
        other[0].commit();
        assertEquals(5, seen[0]);
    }

    @Test
    void anErrorOfTheLog() throws FileException {
        test.put(1000, 5);
        test.commit();
        long next = test.places.position(4);
        test.put(1000, 6);
        disk.setFaults((request, position, length) -> request == Request.WRITE && position == next);
        Fails.with(Errno.EIO, test::commit);
        disk.setFaults((request, position, length) -> false);
        assertTrue(store.isReadOnly());
        Fails.with(Errno.EIO, () -> store.begin(1));
        Fails.with(Errno.EIO, test::commit);
        store.close();
        assertEquals(6, store.read(1000).getInt(0));
        assertEquals(5, number(test.recovered(), 1000));
        Journal journal = Journal.open(TestStore.places(disk));
        assertEquals(-Errno.EIO.number(), journal.error());
        journal.clearError();
        assertEquals(0, Journal.open(TestStore.places(disk)).error());
    }

    @Test
    void anErrorOfACheckpoint() throws FileException {
        disk.setFaults((request, position, length) ->
                request == Request.WRITE && position / BLOCK == 1000);
        FileException failure = null;
        int number = 0;
        while (failure == null && number < BLOCKS) {
            number++;
            test.put(1000, number);
            try {
                test.commit();
            } catch (FileException e) {
                failure = e;
            }
        }
        assertEquals(Errno.EIO, failure.errno());
        disk.setFaults((request, position, length) -> false);
        assertEquals(number - 1, number(test.recovered(), 1000));
    }

    @Test
    void aFileSystemThatFoundItselfDamaged() throws FileException {
        test.put(1000, 5);
        store.abort(new FileException(Errno.EUCLEAN, "block 7"));
        FileException failure = Fails.with(Errno.EIO, test::commit);
        assertTrue(failure.getMessage().contains("block 7"), failure.getMessage());
        assertTrue(Journal.open(TestStore.places(disk)).error() != 0);
    }

    @Test
    void aJournalThatIsNotEmpty() throws FileException {
        test.put(1000, 5);
        test.commit();
        Journal journal = Journal.open(TestStore.places(disk));
        assertTrue(journal.needsRecovery());
        assertThrows(
                IllegalStateException.class, () -> TestStore.open(disk, journal, true, () -> {}));
    }

    @Test
    void aJournalOnADiskOfItsOwn() throws FileException {
        MemoryStorage logDisk = new MemoryStorage(BLOCK * 200);
        JournalBlocks places = JournalBlocks.onDisk(logDisk, BLOCK);
        logDisk.write(2 * BLOCK, TestJournals.superblock(BLOCK, 200, 1).putInt(0x14, 3).slice());
        JournaledStore external = TestStore.open(disk, Journal.open(places), true, () -> {});
        long flushes = disk.flushes();
        try (Change change = external.begin(1)) {
            change.modify(20).putInt(0, 9);
            change.done();
        }
        external.commit(external.transaction());
        assertEquals(flushes + 1, disk.flushes(), "Of the data");
        assertEquals(2, logDisk.flushes());
        Journal again = Journal.open(JournalBlocks.onDisk(logDisk, BLOCK));
        assertEquals(new Journal.Recovery(1, 1), again.recover(disk, BLOCKS));
        assertEquals(9, disk.image()[20 * BLOCK]);
    }

    @Test
    void manyCommitAtOnce() throws Exception {
        int threads = 6;
        test.put(1000, 1);
        for (int i = 0; i < threads; i++) {
            store.read(1001 + i);
        }
        CountDownLatch others = new CountDownLatch(1);
        disk.setFaults((request, position, length) -> {
            await(others);
            return false;
        });
        long flushes = disk.flushes();
        Within.Running<?> first = Within.start(false, () -> store.commit(store.transaction()));
        Within.await(() -> store.transaction() == FIRST + 1);
        List<Within.Running<Boolean>> waiting = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            test.put(1001 + i, i);
            long transaction = store.transaction();
            waiting.add(Within.start(i % 2 == 0, () -> store.commit(transaction)).awaitWaiting());
        }
        others.countDown();
        first.end();
        for (Within.Running<Boolean> commit : waiting) {
            commit.end();
        }
        assertEquals(flushes + 4, disk.flushes(), "Two transactions");
        assertEquals(FIRST + 2, store.transaction());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void changesAndCommitsOfManyThreads() throws Exception {
        ReentrantLock fileSystem = new ReentrantLock();
        int threads = 4;
        @SuppressWarnings("unchecked")
        Callable<Void>[] calls = new Callable[threads];
        for (int thread = 0; thread < threads; thread++) {
            int mine = 1000 + thread * 20;
            calls[thread] =
                    () -> {
                        for (int i = 1; i <= 200; i++) {
                            long transaction;
                            fileSystem.lock();
                            try {
                                int block = mine + i % 20;
                                int before = i <= 20 ? 0 : i - 20;
                                assertEquals(before, store.read(block).getInt(0));
                                test.put(block, i);
                                transaction = store.transaction();
                            } finally {
                                fileSystem.unlock();
                            }
                            if (i % 3 == 0) {
                                store.commit(transaction);
                                assertEquals(i, number(test.recovered(), mine + i % 20));
                            }
                        }
                        return null;
                    };
        }
        Within.together(calls);
        store.close();
        for (int block = 1000; block < 1000 + threads * 20; block++) {
            assertTrue(number(disk.image(), block) > 180);
        }
    }
}
