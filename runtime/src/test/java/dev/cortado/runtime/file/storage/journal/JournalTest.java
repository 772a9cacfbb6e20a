package dev.cortado.runtime.file.storage.journal;

import static dev.cortado.runtime.file.storage.journal.TestStore.BLOCK;
import static dev.cortado.runtime.file.storage.journal.TestStore.BLOCKS;
import static dev.cortado.runtime.file.storage.journal.TestStore.number;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.transaction.MemoryStorage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a journal says is believed only as far as it is possible. */
class JournalTest {
    private static final int TRANSACTIONS = 4;

    /** In the log, each takes a descriptor, two blocks and a commit. */
    private static final int TRANSACTION_BLOCKS = 4;

    /** A disk with four transactions in its log. */
    private static MemoryStorage crashed(boolean hasChecksums) throws FileException {
        TestStore test = new TestStore(hasChecksums);
        for (int i = 1; i <= TRANSACTIONS; i++) {
            test.put(1000, i);
            test.put(1000 + i, i);
            test.commit();
        }
        return MemoryStorage.of(test.disk.image());
    }

    private static Journal open(MemoryStorage disk) throws FileException {
        return Journal.open(TestStore.places(disk));
    }

    /** Changes a number in a block of the journal. */
    private static void poke(MemoryStorage disk, int block, int at, int number)
            throws FileException {
        ByteBuffer bytes = ByteBuffer.allocate(BLOCK);
        long position = TestStore.places(disk).position(block);
        disk.read(position, bytes);
        disk.write(position, bytes.putInt(at, number).flip());
    }

    private static int logBlock(int transaction, int block) {
        return 1 + (transaction - 1) * TRANSACTION_BLOCKS + block;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isReplayedOnce(boolean hasChecksums) throws FileException {
        MemoryStorage disk = crashed(hasChecksums);
        assertEquals(new Journal.Recovery(4, 5), open(disk).recover(disk, BLOCKS));
        assertEquals(4, number(disk.image(), 1000));
        assertEquals(1, number(disk.image(), 1001));
        assertEquals(new Journal.Recovery(0, 0), open(disk).recover(disk, BLOCKS));
    }

    @ParameterizedTest
    @CsvSource({"2,0", "2,1", "2,2", "2,3", "1,1", "4,0", "4,2"})
    void aDamagedTransactionThatWasCommitted(int transaction, int block) throws FileException {
        MemoryStorage disk = crashed(true);
        poke(disk, logBlock(transaction, block), 600, 12345);
        byte[] before = disk.image();
        FileException failure = Fails.with(Errno.EUCLEAN, () -> open(disk).recover(disk, BLOCKS));
        int sequence = TestStore.FIRST_LOGGED + transaction - 1;
        assertTrue(failure.path().contains("transaction " + sequence), failure.path());
        assertArrayEquals(before, disk.image());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theLastOneIsNotComplete(boolean hasChecksums) throws FileException {
        for (int block = 0; block < TRANSACTION_BLOCKS; block++) {
            MemoryStorage disk = crashed(hasChecksums);
            poke(disk, logBlock(4, 3), 0, 0);
            poke(disk, logBlock(4, block), 0, 0);
            assertEquals(3, open(disk).recover(disk, BLOCKS).transactions());
            assertEquals(3, number(disk.image(), 1000));
        }
    }

    @Test
    void aTornCommitBlock() throws FileException {
        MemoryStorage disk = crashed(true);
        poke(disk, logBlock(4, 3), 600, 12345);
        assertEquals(3, open(disk).recover(disk, BLOCKS).transactions());
    }

    @ParameterizedTest
    @ValueSource(ints = {BLOCKS, -1, 500, 15})
    void aPlaceThatIsNone(int place) throws FileException {
        MemoryStorage disk = crashed(false);
        poke(disk, logBlock(2, 0), 12, place);
        Fails.with(Errno.EUCLEAN, () -> open(disk).recover(disk, BLOCKS));
    }

    @Test
    void commitsThatDoNotWait() throws FileException {
        MemoryStorage disk = crashed(false);
        int features = JournalFormat.WIDE | JournalFormat.ASYNCHRONOUS_COMMIT;
        poke(disk, 0, 0x28, features);
        poke(disk, logBlock(4, 0), 4, 99);
        assertEquals(3, open(disk).recover(disk, BLOCKS).transactions());
    }

    @Test
    void checksumsOfWholeTransactions() throws FileException {
        MemoryStorage disk = crashed(false);
        poke(disk, 0, 0x24, JournalFormat.COMPATIBLE_CHECKSUM);
        for (int transaction = 1; transaction <= 3; transaction++) {
            poke(disk, logBlock(transaction, 3), 0x0C, 0x01040000);
            int checksum = checksum(disk, logBlock(transaction, 0), 3);
            poke(disk, logBlock(transaction, 3), 0x10, checksum);
        }
        assertEquals(4, open(MemoryStorage.of(disk.image())).recover(disk, BLOCKS).transactions());
        MemoryStorage again = crashed(false);
        poke(again, 0, 0x24, JournalFormat.COMPATIBLE_CHECKSUM);
        poke(again, logBlock(4, 3), 0x0C, 0x01040000);
        Fails.with(Errno.EUCLEAN, () -> open(again).recover(again, BLOCKS));
    }

    /** Bit by bit. */
    private static int checksum(MemoryStorage disk, int first, int blocks) throws FileException {
        int crc = -1;
        for (int block = first; block < first + blocks; block++) {
            ByteBuffer bytes = ByteBuffer.allocate(BLOCK);
            disk.read(TestStore.places(disk).position(block), bytes);
            for (byte one : bytes.array()) {
                for (int bit = 7; bit >= 0; bit--) {
                    boolean isOne = crc < 0 != ((one >> bit & 1) != 0);
                    crc = crc << 1 ^ (isOne ? 0x04C11DB7 : 0);
                }
            }
        }
        return crc;
    }

    /** All of them are in memory until they are replayed. */
    @Test
    void moreFastCommitsThanAnybodyMakes() throws FileException {
        int block = 4096;
        int blocks = 5000;
        int fastBlocks = 4200;
        MemoryStorage disk = new MemoryStorage((long) blocks * block);
        ByteBuffer superblock = TestJournals.superblock(block, blocks, 7).putInt(0x1c, 1);
        disk.write(0, superblock.putInt(0x28, JournalFormat.FAST_COMMIT).putInt(0x54, fastBlocks));
        FastCommitBytes commits = new FastCommitBytes(block, 7, 0);
        for (int record = 0; record < fastBlocks - 10; record++) {
            commits.inode(12, new byte[4000]);
        }
        long first = blocks - fastBlocks + 1;
        disk.write(first * block, ByteBuffer.wrap(commits.tail().bytes()));
        Journal journal = Journal.open(TestJournals.places(disk, block, 0, blocks));
        FileException failure = Fails.with(Errno.EOPNOTSUPP, () -> journal.recover(disk, blocks));
        assertTrue(failure.path().contains("more than 4096 blocks"), failure.path());
    }

    @Test
    void fastCommits() throws FileException {
        MemoryStorage disk = crashed(false);
        int fastBlocks = 50;
        poke(disk, 0, 0x28, JournalFormat.WIDE | JournalFormat.FAST_COMMIT);
        poke(disk, 0, 0x54, fastBlocks);
        int first = TestStore.JOURNAL_BLOCKS - fastBlocks + 1;
        ByteBuffer head = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
        head.putShort(0, (short) 9).putShort(2, (short) 8);
        head.putInt(4, 0x10).putInt(8, TestStore.FIRST_LOGGED + TRANSACTIONS);
        disk.write(TestStore.places(disk).position(first), head);
        FileException failure =
                Fails.with(Errno.EOPNOTSUPP, () -> open(disk).recover(disk, BLOCKS));
        assertTrue(
                failure.path().endsWith("unknown features 0x10 of fast commits"), failure.path());
        // A head without a tail.
        poke(disk, first, 4, 0);
        Journal journal = open(disk);
        assertEquals(4, journal.recover(disk, BLOCKS).transactions());
        assertEquals(List.of(), journal.fastCommits());
        assertTrue(!journal.needsRecovery());
    }

    @ParameterizedTest
    @CsvSource({
        "0x00, 0", "0x04, 1", "0x04, 5", "0x0C, 2048", "0x0C, 0", "0x10, 0", "0x10, -1",
        "0x10, 201", "0x10, 60", "0x14, 0", "0x14, -5", "0x14, 190", "0x1C, 200", "0x1C, -1",
    })
    void superblocksThatAreImpossible(String at, int number) throws FileException {
        MemoryStorage disk = crashed(false);
        poke(disk, 0, Integer.decode(at), number);
        Fails.with(Errno.EUCLEAN, () -> open(disk));
    }

    @Test
    void featuresThatAreNotKnown() throws FileException {
        MemoryStorage disk = crashed(false);
        poke(disk, 0, 0x28, 0x40);
        FileException failure = Fails.with(Errno.EOPNOTSUPP, () -> open(disk));
        assertTrue(failure.path().contains("0x40"), failure.path());
        poke(disk, 0, 0x28, JournalFormat.CHECKSUM_V2 | JournalFormat.CHECKSUM_V3);
        Fails.with(Errno.EUCLEAN, () -> open(disk));
        poke(disk, 0, 0x28, JournalFormat.CHECKSUM_V3);
        Fails.with(Errno.EUCLEAN, () -> open(disk));
    }

    @Test
    void aSuperblockWithAnotherChecksum() throws FileException {
        MemoryStorage disk = crashed(true);
        poke(disk, 0, 0x44, 1);
        Fails.with(Errno.EUCLEAN, () -> open(disk));
    }

    @Test
    void theFirstVersion() throws FileException {
        MemoryStorage disk = new MemoryStorage(BLOCK * BLOCKS);
        JournalBlocks places = TestStore.places(disk);
        TestJournals.format(places, 1);
        poke(disk, 0, 4, JournalFormat.SUPERBLOCK_V1);
        poke(disk, 0, 0x28, -1);
        TestStore.open(disk, Journal.open(places), false, () -> {}).close();
    }

    @Test
    void noBlocks() throws FileException {
        MemoryStorage disk = new MemoryStorage(BLOCK * BLOCKS);
        Fails.with(Errno.EUCLEAN, () -> Journal.open(new JournalBlocks(disk, BLOCK)));
        JournalBlocks places = new JournalBlocks(disk, BLOCK);
        Fails.with(Errno.EUCLEAN, () -> places.add(BLOCKS - 1, 2));
        Fails.with(Errno.EUCLEAN, () -> places.add(-1, 2));
        Fails.with(Errno.EUCLEAN, () -> places.add(1, 0));
        Fails.with(Errno.EUCLEAN, () -> places.add(1, Long.MAX_VALUE));
        places.add(10, 5);
        places.add(15, 5);
        Fails.with(Errno.EUCLEAN, () -> places.add(8, 3));
        Fails.with(Errno.EUCLEAN, () -> places.add(19, 1));
        places.add(8, 2);
    }

    /** Whatever is in it, nothing but a FileException comes of it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noise(boolean hasChecksums) throws FileException {
        byte[] image = crashed(hasChecksums).image();
        int failures = 0;
        for (int seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            MemoryStorage disk = MemoryStorage.of(image.clone());
            for (int i = random.nextInt(4); i >= 0; i--) {
                int at = random.nextInt(20) * 4 + (random.nextInt(4) == 0 ? BLOCK - 80 : 0);
                int number = random.nextBoolean() ? random.nextInt() : random.nextInt(300);
                poke(disk, random.nextInt(2 + TRANSACTIONS * TRANSACTION_BLOCKS), at, number);
            }
            try {
                open(disk).recover(disk, BLOCKS);
            } catch (FileException e) {
                failures++;
            }
        }
        assertTrue(failures > 50, failures + " failures");
    }
}
