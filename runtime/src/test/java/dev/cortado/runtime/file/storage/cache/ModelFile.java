package dev.cortado.runtime.file.storage.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.transaction.MemoryStorage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** A paged file beside an array that is to have the same bytes. */
final class ModelFile {
    private final int blockBytes;
    private final Random random;
    private final FileMap map;
    private final PagedFile file;
    private final byte[] expected;
    private int size;

    ModelFile(PageCache cache, FileMap map, int maximumSize, Random random) {
        this.blockBytes = cache.blockBytes();
        this.map = map;
        this.random = random;
        file = cache.newFile();
        expected = new byte[maximumSize];
    }

    void step() throws FileException {
        switch (random.nextInt(16)) {
            case 0 -> truncate();
            case 1 -> file.sync();
            case 2, 3, 4, 5, 6 -> write();
            case 7, 8 -> readDirect();
            case 9, 10 -> writeDirect();
            default -> read();
        }
    }

    private void truncate() throws FileException {
        int newSize = random.nextInt(size + 1);
        file.truncate(newSize, map);
        map.free(Math.ceilDiv(newSize, blockBytes));
        Arrays.fill(expected, newSize, size, (byte) 0);
        size = newSize;
    }

    private void write() throws FileException {
        int position = random.nextInt(expected.length);
        int length = 1 + random.nextInt(Math.min(expected.length - position, length()));
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        if (random.nextBoolean()) {
            file.prepare(position, length, map);
        }
        map.allocate(position / blockBytes, (position + length - 1) / blockBytes);
        file.write(position, ByteBuffer.wrap(bytes), map);
        System.arraycopy(bytes, 0, expected, position, length);
        size = Math.max(size, position + length);
    }

    private int blockPosition() {
        return random.nextInt(size / blockBytes + 1) * blockBytes;
    }

    private void readDirect() throws FileException {
        int position = blockPosition();
        byte[] bytes = new byte[Math.min(size - position, length())];
        ByteBuffer to = ByteBuffer.wrap(bytes);
        file.readDirect(position, to, map);
        assertFalse(to.hasRemaining());
        assertArrayEquals(Arrays.copyOfRange(expected, position, position + bytes.length), bytes);
    }

    /** Done, unless there is a hole. */
    private void writeDirect() throws FileException {
        int position = blockPosition();
        int blocks = Math.min(size - position, length()) / blockBytes;
        byte[] bytes = new byte[blocks * blockBytes];
        random.nextBytes(bytes);
        boolean hasHole = false;
        for (int block = 0; block < blocks; block++) {
            hasHole |= map.place(position / blockBytes + block) == FileBlocks.HOLE;
        }
        assertNotEquals(hasHole, file.writeDirect(position, ByteBuffer.wrap(bytes), map));
        if (!hasHole) {
            System.arraycopy(bytes, 0, expected, position, bytes.length);
        }
    }

    private int length() {
        return random.nextInt(4) == 0 ? expected.length : 2 * blockBytes;
    }

    private void read() throws FileException {
        int position = random.nextInt(size + 1);
        int length = random.nextInt(size - position + 1);
        check(position, Math.min(length, length()));
    }

    private void check(int position, int length) throws FileException {
        byte[] bytes = new byte[length];
        file.read(position, ByteBuffer.wrap(bytes), map);
        assertArrayEquals(Arrays.copyOfRange(expected, position, position + length), bytes);
    }

    /** Everything is as expected, in memory and, but for holes, on the disk. */
    void checkAll(MemoryStorage storage) throws FileException {
        check(0, size);
        file.close();
        byte[] disk = storage.image();
        for (int block = 0; block * blockBytes < size; block++) {
            int from = block * blockBytes;
            byte[] there = new byte[blockBytes];
            if (map.place(block) != FileBlocks.HOLE) {
                int place = (int) map.place(block) * blockBytes;
                there = Arrays.copyOfRange(disk, place, place + blockBytes);
            }
            byte[] wanted = Arrays.copyOfRange(expected, from, from + blockBytes);
            assertArrayEquals(wanted, there, "Block " + block);
        }
        check(0, size);
    }
}
