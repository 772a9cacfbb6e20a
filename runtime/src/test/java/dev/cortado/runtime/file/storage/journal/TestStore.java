package dev.cortado.runtime.file.storage.journal;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.transaction.Change;
import dev.cortado.runtime.file.storage.transaction.MemoryStorage;
import dev.cortado.runtime.file.storage.transaction.OrderedData;
import java.nio.ByteBuffer;

/** A store with a journal in the first blocks of a disk in memory. */
final class TestStore {
    static final int BLOCK = 1024;
    static final int BLOCKS = 2048;
    static final int JOURNAL_BLOCKS = 200;
    static final int FIRST_SEQUENCE = 7;

    /** The number that the first transaction has in the log. */
    static final int FIRST_LOGGED = FIRST_SEQUENCE + 1;

    /** Two pieces, of which the superblock is one. */
    private static final long[] PLACES = {500, 1, 10, JOURNAL_BLOCKS - 1};

    final MemoryStorage disk;
    final JournalBlocks places;
    final JournaledStore store;

    TestStore(boolean hasChecksums) throws FileException {
        this(hasChecksums, () -> {});
    }

    TestStore(boolean hasChecksums, OrderedData data) throws FileException {
        disk = new MemoryStorage(BLOCK * BLOCKS);
        places = places(disk);
        TestJournals.format(places, FIRST_SEQUENCE);
        store = open(disk, Journal.open(places), hasChecksums, data);
    }

    static JournalBlocks places(Storage disk) throws FileException {
        return TestJournals.places(disk, BLOCK, PLACES);
    }

    static JournaledStore open(
            Storage disk, Journal journal, boolean hasChecksums, OrderedData data) {
        JournaledStore.Features features = new JournaledStore.Features(true, hasChecksums);
        return JournaledStore.open(disk, BLOCKS, journal, features, 0, () -> 0, data);
    }

    /** Changes a block. */
    void put(long block, int number) throws FileException {
        try (Change change = store.begin(1)) {
            change.modify(block).putInt(0, number).putInt(BLOCK - 4, number);
            change.done();
        }
    }

    void free(long block) throws FileException {
        try (Change change = store.begin(0)) {
            change.free(block, 1);
            change.done();
        }
    }

    void commit() throws FileException {
        store.commit(store.transaction());
    }

    /** What a block of the journal begins with: its kind, and its transaction's number. */
    static int[] header(MemoryStorage disk, int journalBlock) throws FileException {
        ByteBuffer bytes = ByteBuffer.wrap(disk.image());
        int at = (int) places(disk).position(journalBlock);
        return new int[] {bytes.getInt(at + 4), bytes.getInt(at + 8)};
    }

    /** The number in a block of a disk, in its place; -1 if the block is torn. */
    static int number(byte[] image, int block) {
        int first = Integer.reverseBytes(ByteBuffer.wrap(image).getInt(block * BLOCK));
        int last = Integer.reverseBytes(ByteBuffer.wrap(image).getInt((block + 1) * BLOCK - 4));
        return first == last ? first : -1;
    }

    /** The disk after a crash now and a recovery. */
    byte[] recovered() throws FileException {
        MemoryStorage crashed = MemoryStorage.of(disk.image());
        Journal.open(places(crashed)).recover(crashed, BLOCKS);
        return crashed.image();
    }
}
