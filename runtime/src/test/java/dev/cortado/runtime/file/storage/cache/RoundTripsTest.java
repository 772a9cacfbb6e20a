package dev.cortado.runtime.file.storage.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.ForwardingStorage;
import dev.cortado.runtime.file.storage.StoragePart;
import dev.cortado.runtime.file.storage.transaction.MemoryStorage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How long a disk is waited for that takes a while for a request, however many it has. */
class RoundTripsTest {
    private static final int BLOCK = 4096;
    private static final int BLOCKS = 8192;
    private static final int WRITES = 1000;

    /** A disk whose time goes on by one with each time that somebody waits for it. */
    private static final class SlowStorage extends ForwardingStorage {
        private long time;
        private int mostAtOnce;

        SlowStorage(MemoryStorage disk) {
            super(disk);
        }

        @Override
        public void read(long position, ByteBuffer to) throws FileException {
            time++;
            super.read(position, to);
        }

        @Override
        public void readAll(List<StoragePart> parts) throws FileException {
            time++;
            mostAtOnce = Math.max(mostAtOnce, parts.size());
            super.readAll(parts);
        }

        @Override
        public void write(long position, ByteBuffer from) throws FileException {
            time++;
            super.write(position, from);
        }

        @Override
        public void writeAll(List<StoragePart> parts) throws FileException {
            time++;
            mostAtOnce = Math.max(mostAtOnce, parts.size());
            super.writeAll(parts);
        }
    }

    private final MemoryStorage disk = new MemoryStorage((long) BLOCK * (BLOCKS + 1));
    private final SlowStorage storage = new SlowStorage(disk);
    private final PageCache cache = new PageCache(storage, BLOCK, TakenMemory.untaken(64 << 20));
    private final PagedFile file = cache.newFile();
    private final FileMap map = new FileMap(1, BLOCKS, null);

    /** Blocks of which none is another's neighbour. */
    private List<Integer> scattered() {
        List<Integer> blocks =
                new ArrayList<>(IntStream.range(0, WRITES).map(i -> i * 8).boxed().toList());
        Collections.shuffle(blocks, new Random(WRITES));
        return blocks;
    }

    private void write(int block) throws FileException {
        file.write((long) block * BLOCK, ByteBuffer.allocate(BLOCK).putInt(0, block + 1), map);
    }

    @Test
    void scatteredWritesAreWaitedForTogether() throws FileException {
        map.allocate(0, BLOCKS - 1);
        List<Integer> blocks = scattered();
        for (int block : blocks) {
            write(block);
        }
        assertEquals(0, storage.time);
        file.sync();
        assertTrue(storage.time <= 4, storage.time + " waits for " + WRITES + " writes");
        assertTrue(storage.mostAtOnce >= 250, storage.mostAtOnce + " at once");
        ByteBuffer image = ByteBuffer.wrap(disk.image());
        for (int block : blocks) {
            assertEquals(block + 1, image.getInt((block + 1) * BLOCK));
        }
    }

    /** Its blocks are anywhere on the disk, and read one behind the other. */
    @Test
    void aScatteredFileIsReadAheadTogether() throws FileException {
        FileMap anywhere = new FileMap(1, BLOCKS, new Random(7));
        anywhere.allocate(0, BLOCKS / 4 - 1);
        for (int block = 0; block < BLOCKS / 4; block++) {
            ByteBuffer number = ByteBuffer.allocate(BLOCK).putInt(0, block + 1);
            file.write((long) block * BLOCK, number, anywhere);
        }
        file.close();
        storage.time = 0;
        ByteBuffer read = ByteBuffer.allocate(BLOCK);
        for (int block = 0; block < BLOCKS / 4; block++) {
            file.read((long) block * BLOCK, read.clear(), anywhere);
            assertEquals(block + 1, read.getInt(0));
        }
        assertTrue(storage.time <= 24, storage.time + " waits for " + BLOCKS / 4 + " blocks");
        assertTrue(storage.mostAtOnce >= 100, storage.mostAtOnce + " at once");
    }

    /** One that nobody has asked for is no error before somebody does. */
    @Test
    void oneThatCannotBeReadAheadIsNoErrorYet() throws FileException {
        FileMap anywhere = new FileMap(1, BLOCKS, new Random(7));
        anywhere.allocate(0, 63);
        file.write(0, ByteBuffer.allocate(64 * BLOCK), anywhere);
        file.close();
        long bad = anywhere.place(40) * BLOCK;
        disk.setFaults((request, position, length) -> position == bad);
        ByteBuffer read = ByteBuffer.allocate(BLOCK);
        for (int block = 0; block < 64; block++) {
            long position = (long) block * BLOCK;
            if (block == 40) {
                Fails.with(Errno.EIO, () -> file.read(position, read.clear(), anywhere));
            } else {
                file.read(position, read.clear(), anywhere);
            }
        }
    }

    /** As little as one whose place nobody can tell. */
    @Test
    void oneWithoutAKnownPlaceIsNoErrorYet() throws FileException {
        FileMap anywhere = new FileMap(1, BLOCKS, new Random(7));
        anywhere.allocate(0, 63);
        file.write(0, ByteBuffer.allocate(64 * BLOCK), anywhere);
        file.close();
        FileBlocks damaged =
                new FileBlocks() {
                    @Override
                    public long place(long block) throws FileException {
                        if (block >= 40) {
                            throw new FileException(Errno.EUCLEAN, "extents");
                        }
                        return anywhere.place(block);
                    }

                    @Override
                    public boolean isFresh(long block) {
                        return false;
                    }
                };
        ByteBuffer read = ByteBuffer.allocate(BLOCK);
        for (int block = 0; block < 40; block++) {
            file.read((long) block * BLOCK, read.clear(), damaged);
        }
        Fails.with(Errno.EUCLEAN, () -> file.read(40 * BLOCK, read.clear(), damaged));
    }

    /** It is told once, and the others are on the disk. */
    @Test
    void oneThatFailsIsToldOnce() throws FileException {
        map.allocate(0, BLOCKS - 1);
        List<Integer> blocks = scattered();
        for (int block : blocks) {
            write(block);
        }
        long bad = (blocks.get(10) + 1L) * BLOCK;
        disk.setFaults((request, position, length) -> position == bad);
        Fails.with(Errno.EIO, file::sync);
        file.sync();
        ByteBuffer image = ByteBuffer.wrap(disk.image());
        for (int block : blocks) {
            int there = image.getInt((block + 1) * BLOCK);
            assertEquals(block == blocks.get(10) ? 0 : block + 1, there);
        }
    }

    /** A block each, anywhere. */
    private List<PagedFile> smallFiles(List<Integer> places) throws FileException {
        List<PagedFile> files = new ArrayList<>();
        for (int place : places) {
            FileMap own = new FileMap(place + 1, 1, null);
            own.allocate(0, 0);
            PagedFile small = cache.newFile();
            small.write(0, ByteBuffer.allocate(BLOCK).putInt(0, place + 1), own);
            files.add(small);
        }
        return files;
    }

    @Test
    void smallFilesAreWaitedForTogether() throws FileException {
        List<Integer> places = scattered();
        List<PagedFile> files = smallFiles(places);
        cache.writeAll();
        assertTrue(storage.time <= 4, storage.time + " waits for " + WRITES + " files");
        assertEquals(0, cache.dirtyBytes());
        ByteBuffer image = ByteBuffer.wrap(disk.image());
        for (int place : places) {
            assertEquals(place + 1, image.getInt((place + 1) * BLOCK));
        }
        for (PagedFile small : files) {
            small.close();
        }
    }

    @Test
    void anErrorIsOfTheFileThatHadIt() throws FileException {
        List<Integer> places = scattered();
        List<PagedFile> files = smallFiles(places);
        long bad = (places.get(10) + 1L) * BLOCK;
        disk.setFaults((request, position, length) -> bad >= position && bad < position + length);
        cache.writeAll();
        Fails.with(Errno.EIO, files.get(10)::sync);
        for (PagedFile small : files) {
            small.sync();
        }
        ByteBuffer image = ByteBuffer.wrap(disk.image());
        for (int place : places) {
            int there = image.getInt((place + 1) * BLOCK);
            assertEquals(place == places.get(10) ? 0 : place + 1, there);
        }
    }
}
