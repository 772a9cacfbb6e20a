package dev.cortado.runtime.file.storage.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.transaction.MemoryStorage;
import dev.cortado.runtime.file.storage.transaction.MemoryStorage.Request;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PagedFileTest {
    private static final int BLOCK = 4096;
    private static final int PLACES = 1024;

    private final MemoryStorage storage = new MemoryStorage((long) (PLACES + 1) * BLOCK);
    private final TakenMemory memory = new TakenMemory(BLOCK, 2 << 20);
    private final PageCache cache = new PageCache(storage, BLOCK, pageBytes -> memory);
    private final FileMap map = new FileMap(1, PLACES, null);
    private final PagedFile file = cache.newFile();

    private static ByteBuffer bytes(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return ByteBuffer.wrap(bytes);
    }

    private void write(PagedFile to, long position, int length, int value) throws FileException {
        to.write(position, bytes(length, value), map);
    }

    private byte[] read(long position, int length) throws FileException {
        ByteBuffer to = ByteBuffer.allocate(length);
        file.read(position, to, map);
        return to.array();
    }

    private int onDisk(long position) {
        return storage.image()[(int) position];
    }

    @Test
    void neighboursAreWrittenInOneRequest() throws FileException {
        map.allocate(0, 9);
        write(file, 100, 10 * BLOCK - 200, 1);
        assertEquals(10 * BLOCK, cache.dirtyBytes());
        assertEquals(0, storage.writes() + storage.reads(), "Fresh blocks are not read");
        file.sync();
        file.sync();
        assertEquals(1, storage.writes());
        assertEquals(0, cache.dirtyBytes());
        assertEquals(0, onDisk(BLOCK + 99));
        assertEquals(1, onDisk(BLOCK + 100));
    }

    @Test
    void cutThatWasPreparedDoesNotWaitForTheDisk() throws FileException {
        int block = 1024;
        PagedFile small = new PageCache(storage, block, TakenMemory.untaken(2 << 20)).newFile();
        map.allocate(0, 20);
        small.write(0, bytes(20 * block, 1), map);
        small.close();
        small.write(9 * block, bytes(5 * block, 2), map);
        small.prepareToTruncate(5 * block + 100, map);
        long requests = storage.reads() + storage.writes();
        small.truncate(5 * block + 100, map);
        assertEquals(requests, storage.reads() + storage.writes());
        ByteBuffer tail = ByteBuffer.allocate(200);
        small.read(5 * block, tail, map);
        assertEquals(1, tail.get(99));
        assertEquals(0, tail.get(100));
    }

    @Test
    void whatWasNotTriedForLackOfMemoryIsWrittenLater() throws FileException {
        map.allocate(0, 9);
        write(file, 100, 10 * BLOCK - 100, 1);
        storage.setFaults((request, at, length) -> {
            throw new OutOfMemoryError("of the test");
        });
        assertThrows(OutOfMemoryError.class, file::sync);
        storage.setFaults((request, at, length) -> false);
        write(file, 0, 10, 2);
        assertEquals(10 * BLOCK, cache.dirtyBytes());
        file.sync();
        assertEquals(0, cache.dirtyBytes());
        assertEquals(2, onDisk(BLOCK));
        assertEquals(1, onDisk(10 * BLOCK));
        assertEquals(10, memory.take(20));
    }

    @Test
    void requestsHaveALongestLength() throws FileException {
        map.allocate(0, 299);
        PageCache large = new PageCache(storage, BLOCK, TakenMemory.untaken(16 << 20));
        write(large.newFile(), 0, 300 * BLOCK, 1);
        large.writeAll();
        assertEquals(2, storage.writes(), "1 MiB, and the rest");
        assertEquals(300 * BLOCK, large.bytes());
    }

    @Test
    void onlyWhatIsChangedInPartIsRead() throws FileException {
        map.allocate(0, 3);
        write(file, 0, 4 * BLOCK, 1);
        file.close();
        map.allocate(0, 3);
        write(file, BLOCK - 10, BLOCK + 20, 2);
        assertEquals(2, storage.reads());
        write(file, BLOCK - 20, 5, 3);
        assertEquals(2, storage.reads());
        byte[] read = read(0, 4 * BLOCK);
        assertEquals(1, read[BLOCK - 21]);
        assertEquals(3, read[BLOCK - 20]);
        assertEquals(1, read[BLOCK - 11]);
        assertEquals(2, read[BLOCK - 10]);
        assertEquals(2, read[2 * BLOCK + 9]);
        assertEquals(1, read[2 * BLOCK + 10]);
    }

    @Test
    void whatWasPreparedIsNotReadByTheWrite() throws FileException {
        map.allocate(0, 0);
        file.prepare(10, 2 * BLOCK, map);
        assertEquals(1, storage.reads());
        map.allocate(0, 2);
        write(file, 10, 2 * BLOCK, 1);
        assertEquals(1, storage.reads());
    }

    @Test
    void readersInOrderAreReadAhead() throws FileException {
        map.allocate(0, 255);
        for (int block = 0; block < 256; block++) {
            read((long) block * BLOCK, BLOCK);
        }
        assertEquals(11, storage.reads(), "4, 8, 16 and then 32 at a time");
        file.close();
        for (int block = 255; block > 0; block--) {
            read((long) block * BLOCK, BLOCK);
        }
        assertEquals(11 + 255, storage.reads());
    }

    @Test
    void aLongReadIsOneRequest() throws FileException {
        map.allocate(0, 255);
        read(0, 256 * BLOCK);
        assertEquals(1, storage.reads());
        read(5, 255 * BLOCK);
        assertEquals(1, storage.reads());
    }

    @Test
    void holesAreZerosAndTakeNoMemory() throws FileException {
        map.allocate(5, 5);
        write(file, 5 * BLOCK, BLOCK, 1);
        byte[] read = read(0, 10 * BLOCK);
        assertEquals(0, read[5 * BLOCK - 1]);
        assertEquals(1, read[5 * BLOCK]);
        assertEquals(0, read[6 * BLOCK]);
        assertEquals(BLOCK, cache.bytes());
    }

    @Test
    void aBlockWithoutAPlace() {
        Fails.with(Errno.EUCLEAN, () -> write(file, 0, 1, 1));
    }

    @Test
    void aBadBlockAheadDoesNoHarm() throws FileException {
        map.allocate(0, 9);
        long bad = 3L * BLOCK;
        storage.setFaults((request, position, length) ->
                request == Request.READ && position <= bad && bad < position + length);
        read(0, BLOCK);
        Fails.with(Errno.EIO, () -> read(2 * BLOCK, BLOCK));
        read(3 * BLOCK, BLOCK);
    }

    @Test
    void anErrorIsToldOnce() throws FileException {
        map.allocate(0, 9);
        PagedFile other = cache.newFile();
        write(file, 0, BLOCK, 1);
        write(other, 5 * BLOCK, BLOCK, 1);
        storage.setFaults(
                (request, position, length) -> request == Request.WRITE && position == BLOCK);
        cache.writeAll();
        assertEquals(1, onDisk(6 * BLOCK));
        other.sync();
        Fails.with(Errno.EIO, file::sync);
        file.sync();
        write(file, 0, BLOCK, 2);
        Fails.with(Errno.EIO, file::close);
        file.close();
        assertEquals(BLOCK, cache.bytes());
    }

    @Test
    void whatIsCutOffIsWrittenBefore() throws FileException {
        map.allocate(0, 9);
        write(file, 0, 10 * BLOCK, 1);
        file.truncate(BLOCK + 10, map);
        map.free(2);
        assertEquals(1, onDisk(3 * BLOCK));
        assertEquals(BLOCK, cache.dirtyBytes(), "The zeros");
        assertEquals(2 * BLOCK, cache.bytes());
        long writes = storage.writes();
        file.sync();
        assertEquals(writes + 1, storage.writes());
        assertEquals(1, onDisk(2 * BLOCK + 9));
        assertEquals(0, onDisk(2 * BLOCK + 10));
        file.truncate(0, map);
        file.close();
        assertEquals(0, cache.bytes());
    }

    @Test
    void aTailThatIsNotInMemoryIsZeroedToo() throws FileException {
        map.allocate(0, 1);
        write(file, 0, 2 * BLOCK, 1);
        file.close();
        file.truncate(10, map);
        file.sync();
        assertEquals(1, onDisk(BLOCK + 9));
        assertEquals(0, onDisk(BLOCK + 10));
        assertEquals(1, onDisk(2 * BLOCK));
    }

    @Test
    void aChangeWhileAPageIsWrittenIsNotLost() throws FileException {
        map.allocate(0, 0);
        write(file, 0, BLOCK, 1);
        storage.setFaults((request, position, length) -> {
            storage.setFaults((r, p, l) -> false);
            changeAndEvict();
            return false;
        });
        file.sync();
        assertEquals(1, onDisk(BLOCK));
        assertEquals(BLOCK, cache.dirtyBytes());
        file.sync();
        assertEquals(2, onDisk(BLOCK));
    }

    private void changeAndEvict() {
        try {
            assertEquals(0, memory.take(1), "It is on its way to the disk");
            write(file, 0, 1, 2);
        } catch (FileException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void memoryIsTakenAndNothingLost() throws FileException {
        map.allocate(0, 19);
        write(file, 0, 20 * BLOCK, 7);
        file.sync();
        write(file, 0, BLOCK, 8);
        assertEquals(5, memory.take(5));
        assertEquals(14, memory.take(100));
        assertEquals(8, read(0, 1)[0]);
        assertArrayEquals(bytes(19 * BLOCK, 7).array(), read(BLOCK, 19 * BLOCK));
    }

    /** Nobody has to remember what was read. */
    @Test
    void readsGoOnWithoutMemory() throws FileException {
        map.allocate(0, 9);
        write(file, 0, 10 * BLOCK, 7);
        file.close();
        memory.isExhausted = true;
        assertArrayEquals(bytes(10 * BLOCK, 7).array(), read(0, 10 * BLOCK));
        assertEquals(7, read(5 * BLOCK, 1)[0]);
        assertEquals(0, cache.bytes());
        assertThrows(OutOfMemoryError.class, () -> write(file, 0, BLOCK, 8));
        assertEquals(0, cache.bytes());
        assertEquals(0, cache.dirtyBytes());
        memory.isExhausted = false;
        write(file, 0, BLOCK, 8);
        assertEquals(8, read(0, 1)[0]);
    }

    @Test
    void whoUsesAPageKeepsIt() throws FileException {
        map.allocate(0, 9);
        write(file, 0, 10 * BLOCK, 7);
        file.close();
        for (int block = 9; block >= 0; block--) {
            read((long) block * BLOCK, 1);
        }
        long reads = storage.reads();
        read(9 * BLOCK, 1);
        assertEquals(5, memory.take(5));
        read(9 * BLOCK, 1);
        assertEquals(reads, storage.reads());
        read(7 * BLOCK, 1);
        assertEquals(reads + 1, storage.reads());
    }

    @Test
    void tooMuchIsWrittenBackByTheWriter() throws FileException {
        map.allocate(0, 999);
        write(file, 0, 1000 * BLOCK, 7);
        assertTrue(cache.dirtyBytes() <= (2 << 20) / 4 + BLOCK, "" + cache.dirtyBytes());
        assertTrue(cache.bytes() <= 2 << 20, "" + cache.bytes());
        assertTrue(storage.writes() < 20, "" + storage.writes());
        assertArrayEquals(bytes(1000 * BLOCK, 7).array(), read(0, 1000 * BLOCK));
    }
}
