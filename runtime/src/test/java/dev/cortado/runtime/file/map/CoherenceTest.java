package dev.cortado.runtime.file.map;

import static dev.cortado.runtime.file.map.MappedFiles.PAGE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.Within;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that is read, written and cut while it is mapped twice, against an array. */
class CoherenceTest {
    private static final int PAGES = 12;
    private static final int OPERATIONS = 3000;

    private final MappedFiles files = new MappedFiles(512, 2000);
    private byte[] model = new byte[PAGES * PAGE];

    private int at(Random random) {
        // Near the ends of pages more often than elsewhere.
        int page = random.nextInt(PAGES) * PAGE;
        return random.nextBoolean() ? page + random.nextInt(PAGE) : page + random.nextInt(3);
    }

    private void resize(int size) {
        model = Arrays.copyOf(model, size);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void everyWayToTheFileShowsTheSame(int seed) throws FileException {
        Random random = new Random(seed);
        Inode inode = files.create("a", model);
        long[] mappings = {
            files.map(inode, 0, PAGES, MappingMode.READ_WRITE),
            files.map(inode, 0, PAGES, MappingMode.READ_WRITE)
        };
        for (int i = 0; i < OPERATIONS; i++) {
            long mapping = mappings[random.nextInt(2)];
            int position = at(random);
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> touch(mapping, position, random, true);
                case 3, 4, 5 -> touch(mapping, position, random, false);
                case 6 -> write(inode, position, random);
                case 7 -> assertArrayEquals(model, files.content(inode));
                case 8 -> files.space.unload(mapping + position, 1 + random.nextInt(3 * PAGE));
                default -> rarely(inode, position, random);
            }
        }
        assertArrayEquals(model, files.content(inode));
        files.space.unmap(mappings[0]);
        files.space.unmap(mappings[1]);
        assertArrayEquals(model, files.stored(inode));
        files.memory.requireEmpty();
    }

    private void touch(long mapping, int position, Random random, boolean writes)
            throws FileException {
        int end = (model.length + PAGE - 1) / PAGE * PAGE;
        byte value = (byte) random.nextInt();
        if (position >= end) {
            Fails.with(Errno.EFAULT, () -> files.read(mapping + position));
        } else if (!writes) {
            if (position < model.length) {
                assertEquals(model[position], files.read(mapping + position));
            }
        } else {
            files.write(mapping + position, value);
            if (position < model.length) {
                model[position] = value;
            }
        }
    }

    private void write(Inode inode, int position, Random random) throws FileException {
        byte[] bytes = new byte[random.nextInt(2 * PAGE)];
        random.nextBytes(bytes);
        int length = Math.min(bytes.length, PAGES * PAGE - position);
        if (length == 0) {
            return;
        }
        if (random.nextInt(4) == 0 && model.length + length <= PAGES * PAGE) {
            int end = model.length;
            files.contents.append(inode, ByteBuffer.wrap(bytes, 0, length));
            resize(end + length);
            System.arraycopy(bytes, 0, model, end, length);
            return;
        }
        files.contents.write(inode, position, ByteBuffer.wrap(bytes, 0, length));
        resize(Math.max(model.length, position + length));
        System.arraycopy(bytes, 0, model, position, length);
    }

    private void rarely(Inode inode, int position, Random random) throws FileException {
        switch (random.nextInt(4)) {
            case 0 -> {
                files.contents.truncate(inode, position);
                resize(position);
            }
            case 1 -> files.space.flush();
            case 2 -> {
                files.contents.sync(inode, false);
                assertArrayEquals(model, files.stored(inode));
            }
            default -> {
                long third = files.map(inode, 0, PAGES, MappingMode.READ_WRITE);
                touch(third, position, random, true);
                files.space.unmap(third);
            }
        }
    }

    /**
     * Each thread has bytes of its own in every page of two files, of which few fit into memory.
     */
    @ParameterizedTest
    @ValueSource(ints = {4})
    void threadsLoseNothing(int threads) throws Exception {
        int pages = 400;
        Inode[] inodes = {
            files.create("a", new byte[pages * PAGE]), files.create("b", new byte[pages * PAGE])
        };
        long[] mappings = new long[2];
        for (int i = 0; i < 2; i++) {
            mappings[i] = files.map(inodes[i], 0, pages, MappingMode.READ_WRITE);
        }
        List<Within.Running<?>> running = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int own = thread;
            running.add(Within.start(false, () -> change(inodes, mappings, pages, own)));
        }
        for (Within.Running<?> each : running) {
            each.end();
        }
        for (int i = 0; i < 2; i++) {
            files.space.unmap(mappings[i]);
        }
        files.memory.requireEmpty();
    }

    private Void change(Inode[] inodes, long[] mappings, int pages, int own) throws FileException {
        Random random = new Random(own);
        byte[][] expected = new byte[2][pages];
        for (int i = 0; i < 4000; i++) {
            int file = random.nextInt(2);
            int page = random.nextInt(pages);
            byte value = (byte) random.nextInt();
            long position = (long) page * PAGE + own;
            switch (random.nextInt(8)) {
                case 0 -> {
                    ByteBuffer one = ByteBuffer.wrap(new byte[] {value});
                    files.contents.write(inodes[file], position, one);
                    expected[file][page] = value;
                }
                case 1 -> {
                    ByteBuffer one = ByteBuffer.allocate(1);
                    files.contents.read(inodes[file], position, one);
                    assertEquals(expected[file][page], one.get(0));
                }
                case 2, 3, 4 -> {
                    files.write(mappings[file] + position, value);
                    expected[file][page] = value;
                }
                default ->
                        assertEquals(expected[file][page], files.read(mappings[file] + position));
            }
        }
        return null;
    }

    /** A file is mapped and unmapped all the time while others write to it. */
    @ParameterizedTest
    @ValueSource(ints = {3})
    void mappingsComeAndGo(int threads) throws Exception {
        Inode inode = files.create("a", new byte[PAGE]);
        List<Within.Running<?>> running = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int own = thread;
            running.add(Within.start(false, () -> mapAndWrite(inode, own)));
        }
        for (Within.Running<?> each : running) {
            each.end();
        }
        files.memory.requireEmpty();
    }

    private Void mapAndWrite(Inode inode, int own) throws FileException {
        Random random = new Random(own);
        byte expected = 0;
        for (int i = 0; i < 3000; i++) {
            byte value = (byte) random.nextInt();
            if (random.nextBoolean()) {
                files.contents.write(inode, own, ByteBuffer.wrap(new byte[] {value}));
                expected = value;
                continue;
            }
            long mapping = files.map(inode, 0, 1, MappingMode.READ_WRITE);
            assertEquals(expected, files.read(mapping + own));
            files.write(mapping + own, value);
            expected = value;
            files.space.unmap(mapping);
        }
        return null;
    }
}
