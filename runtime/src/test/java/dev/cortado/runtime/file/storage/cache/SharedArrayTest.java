package dev.cortado.runtime.file.storage.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.transaction.MemoryStorage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Programs read into arrays that other threads write to meanwhile, for example where they skip
 * bytes: these get what they deserve, but the file stays what it is.
 */
class SharedArrayTest {
    private static final int BLOCK = 1024;

    private final byte[] shared = new byte[4 * BLOCK];

    /** While it reads, somebody else writes to the array. */
    private record Busy(MemoryStorage disk, byte[] shared) implements Storage {
        @Override
        public String name() {
            return disk.name();
        }

        @Override
        public long bytes() {
            return disk.bytes();
        }

        @Override
        public int sectorBytes() {
            return disk.sectorBytes();
        }

        @Override
        public boolean isReadOnly() {
            return false;
        }

        @Override
        public boolean canDiscard() {
            return false;
        }

        @Override
        public void read(long position, ByteBuffer to) throws FileException {
            disk.read(position, to);
            Arrays.fill(shared, (byte) 7);
        }

        @Override
        public void write(long position, ByteBuffer from) throws FileException {
            disk.write(position, from);
        }

        @Override
        public void flush() throws FileException {
            disk.flush();
        }

        @Override
        public void discard(long position, long length) throws FileException {
            disk.discard(position, length);
        }
    }

    @Test
    void whatOthersWriteThereIsNotTheFiles() throws FileException {
        Storage disk = new Busy(new MemoryStorage(64 * BLOCK), shared);
        FileMap map = new FileMap(1, 32, null);
        map.allocate(0, 3);
        PagedFile file = new PageCache(disk, BLOCK, TakenMemory.untaken(1 << 20)).newFile();
        file.read(0, ByteBuffer.wrap(shared), map);
        byte[] again = new byte[4 * BLOCK];
        file.read(0, ByteBuffer.wrap(again), map);
        assertArrayEquals(new byte[4 * BLOCK], again);
    }
}
