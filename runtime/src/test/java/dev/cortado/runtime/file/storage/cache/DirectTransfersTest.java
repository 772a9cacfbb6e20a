package dev.cortado.runtime.file.storage.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.transaction.MemoryStorage;
import dev.cortado.runtime.file.storage.transaction.MemoryStorage.Request;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes past the cache, beside others that do not. */
class DirectTransfersTest {
    private static final int BLOCK = 1024;
    private static final int PLACES = 256;

    private final MemoryStorage storage = new MemoryStorage((long) (PLACES + 1) * BLOCK);
    private final PageCache cache = new PageCache(storage, BLOCK, TakenMemory.untaken(1 << 20));
    private final FileMap map = new FileMap(1, PLACES, null);
    private final PagedFile file = cache.newFile();

    @BeforeEach
    void aFileIsOnTheDisk() throws FileException {
        map.allocate(0, 15);
        file.write(0, bytes(16 * BLOCK, 1), map);
        file.close();
    }

    private static ByteBuffer bytes(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return ByteBuffer.wrap(bytes);
    }

    private int first(long position) throws FileException {
        ByteBuffer to = ByteBuffer.allocate(1);
        file.read(position, to, map);
        return to.get(0);
    }

    @Test
    void neighboursAreOneRequestAndNothingIsKept() throws FileException {
        long reads = storage.reads();
        file.readDirect(BLOCK, ByteBuffer.allocate(10 * BLOCK), map);
        assertEquals(reads + 1, storage.reads());
        long writes = storage.writes();
        assertTrue(file.writeDirect(2 * BLOCK, bytes(8 * BLOCK, 2), map));
        assertEquals(writes + 1, storage.writes());
        assertEquals(0, cache.bytes());
        assertEquals(2, storage.image()[(1 + 2) * BLOCK]);
    }

    @Test
    void whatIsOnlyInMemoryGoesToTheDiskFirst() throws FileException {
        file.write(100, bytes(10, 3), map);
        ByteBuffer to = ByteBuffer.allocate(BLOCK);
        file.readDirect(0, to, map);
        assertEquals(3, to.get(100));
        file.write(BLOCK + 100, bytes(10, 4), map);
        assertTrue(file.writeDirect(0, bytes(BLOCK, 5), map));
        assertEquals(5, first(100));
        assertEquals(4, first(BLOCK + 100), "of the same page");
    }

    @Test
    void whatWasReadIntoMemoryIsForgotten() throws FileException {
        assertEquals(1, first(0));
        assertTrue(file.writeDirect(0, bytes(BLOCK, 2), map));
        assertEquals(2, first(0));
    }

    @Test
    void whatWasReadJustBeforeTheDiskHadTheNewIsForgotten() throws FileException {
        storage.setFaults((request, position, length) -> {
            if (request == Request.WRITE) {
                try {
                    assertEquals(1, first(0));
                } catch (FileException e) {
                    throw new AssertionError(e);
                }
            }
            return false;
        });
        assertTrue(file.writeDirect(0, bytes(BLOCK, 2), map));
        assertEquals(2, first(0));
    }

    /** It might have read what was there before the other wrote. */
    @Test
    void whoReadsMeanwhileKeepsNothing() throws FileException {
        boolean[] isFirst = {true};
        storage.setFaults((request, position, length) -> {
            if (request == Request.READ && isFirst[0]) {
                isFirst[0] = false;
                try {
                    assertTrue(file.writeDirect(0, bytes(BLOCK, 2), map));
                } catch (FileException e) {
                    throw new AssertionError(e);
                }
            }
            return false;
        });
        first(0);
        long reads = storage.reads();
        assertEquals(2, first(0));
        assertEquals(reads + 1, storage.reads());
    }

    @Test
    void aHoleIsNotWrittenTo() throws FileException {
        assertFalse(file.writeDirect(15 * BLOCK, bytes(2 * BLOCK, 2), map));
        assertEquals(1, first(15 * BLOCK));
        ByteBuffer to = bytes(3 * BLOCK, 9);
        file.readDirect(15 * BLOCK, to, map);
        assertEquals(1, to.get(0));
        assertEquals(0, to.get(BLOCK));
        assertEquals(0, to.get(3 * BLOCK - 1));
    }

    /** However much is asked for at once. */
    @Test
    void aLargeHoleTakesNoMemory() throws FileException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ByteBuffer to = ByteBuffer.allocate(16 << 20);
        file.readDirect(16 * BLOCK, to.duplicate(), map);
        long before = threads.getCurrentThreadAllocatedBytes();
        Arrays.fill(to.array(), (byte) 1);
        file.readDirect(16 * BLOCK, to, map);
        assertTrue(threads.getCurrentThreadAllocatedBytes() - before < 8 << 20);
        assertFalse(to.hasRemaining());
        for (byte each : to.array()) {
            assertEquals(0, each);
        }
    }

    /** What is on the disk is not what was written last. */
    @Test
    void whatCannotGoToTheDiskFirstIsNotReadFromThere() throws FileException {
        file.write(0, bytes(BLOCK, 3), map);
        storage.setFaults((request, position, length) -> request == Request.WRITE);
        Fails.with(Errno.EIO, () -> file.readDirect(0, ByteBuffer.allocate(BLOCK), map));
        Fails.with(Errno.EIO, file::sync);
        file.sync();
    }

    @Test
    void theDisksErrorIsTheCallers() throws FileException {
        assertEquals(1, first(0));
        storage.setFaults((request, position, length) -> true);
        Fails.with(Errno.EIO, () -> file.readDirect(0, ByteBuffer.allocate(BLOCK), map));
        Fails.with(Errno.EIO, () -> file.writeDirect(0, bytes(BLOCK, 2), map));
        Fails.with(Errno.EIO, () -> first(0));
    }
}
