package dev.cortado.runtime.file.ext4.lab;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.ext4.directory.Directory;
import dev.cortado.runtime.file.ext4.directory.Entry;
import dev.cortado.runtime.file.ext4.map.FileMap;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random bytes in nodes of maps and directories, without a checksum that would tell: whatever
 * follows is a FileException or nothing, and it ends.
 */
@Timeout(60)
class DamageTest {
    private static final int ROUNDS = Integer.getInteger("cortado.ext4.damages", 100);

    private static final int MAP_BYTES = 60;

    @TempDir Path temporary;

    private final Random random = new Random(1);
    private long directory;
    private long extents;
    private long pointers;
    private int refused;

    @Test
    void endsWithAnExceptionOrWithout() throws Exception {
        byte[] image = make();
        for (int round = 0; round < ROUNDS; round++) {
            TestVolume volume = TestVolume.of(image.clone());
            spoil(volume);
            tryAll(volume);
        }
        assertTrue(refused > ROUNDS / 4, refused + " refused");
    }

    private byte[] make() throws Exception {
        TestVolume volume =
                TestVolume.make(
                        temporary,
                        "3M",
                        "-b",
                        "1024",
                        "-N",
                        "64",
                        "-O",
                        "^metadata_csum,^uninit_bg,^resize_inode");
        TestInode made = volume.create("directory", FileKind.DIRECTORY, true);
        directory = made.number();
        Directory entries = volume.directory(directory);
        for (int i = 0; i < 700; i++) {
            FileName name = FileName.of("a name of some length, so that there are blocks " + i);
            volume.change(change -> {
                entries.insert(change, name, 11, FileKind.REGULAR);
                return null;
            });
        }
        for (boolean hasExtents : new boolean[] {true, false}) {
            TestInode file = volume.create("file " + hasExtents, FileKind.REGULAR, hasExtents);
            for (int i = 0; i < 500; i++) {
                long block = 3L * i;
                volume.change(change -> file.map().allocate(change, block, 1));
            }
            if (hasExtents) {
                extents = file.number();
            } else {
                pointers = file.number();
            }
        }
        volume.reopened();
        return volume.image();
    }

    /** Puts bytes into one of the blocks, or into an inode's map. */
    private void spoil(TestVolume volume) throws FileException {
        long number = List.of(directory, extents, pointers).get(random.nextInt(3));
        TestInode inode = volume.inode(number);
        volume.change(change -> {
            ByteBuffer map = inode.blocks();
            long block = 0;
            if (number == directory) {
                block = inode.map().lookup(random.nextInt(4) == 0 ? 0 : random.nextInt(60)).place();
            } else if (number == extents) {
                block = Integer.toUnsignedLong(map.getInt(16 + 12 * random.nextInt(3)));
            } else {
                block = Integer.toUnsignedLong(map.getInt(4 * (12 + random.nextInt(2))));
            }
            boolean isInBlock = random.nextInt(5) > 0 && block > 0 && block < 3000;
            ByteBuffer bytes = isInBlock ? change.modify(block) : map;
            int last = isInBlock ? bytes.capacity() : MAP_BYTES;
            int changes = 1 + random.nextInt(4);
            for (int i = 0; i < changes; i++) {
                int reach = random.nextBoolean() ? last : Math.min(64, last);
                bytes.put(random.nextInt(reach), (byte) random.nextInt());
            }
            if (!isInBlock) {
                inode.setBlocks(change, map);
            }
            return null;
        });
    }

    private void tryAll(TestVolume volume) {
        for (long number : new long[] {extents, pointers}) {
            FileMap map = volume.inode(number).map();
            attempt(() -> {
                for (long block = 0; block < 1600; ) {
                    block += map.lookup(block).count();
                }
            });
            for (int i = 0; i < 5; i++) {
                long block = random.nextInt(1600);
                attempt(() -> volume.change(change -> map.allocate(change, block, 3)));
            }
            long from = random.nextInt(1600);
            attempt(() -> volume.change(change -> map.remove(change, from, map.limit())));
            attempt(() -> volume.change(change -> map.remove(change, 0, map.limit())));
        }
        Directory entries = volume.directory(directory);
        attempt(() -> {
            long last = 0;
            for (Entry e = entries.next(0); e != null; e = entries.next(last)) {
                assertTrue(e.cookie() > last);
                last = e.cookie();
            }
        });
        attempt(entries::isEmpty);
        attempt(entries::parent);
        for (int i = 0; i < 5; i++) {
            int number = random.nextInt(1000);
            FileName name = name("a name of some length, so that there are blocks " + number);
            attempt(() -> entries.find(name));
            attempt(() ->
                    volume.change(change -> {
                        entries.remove(change, name);
                        return null;
                    }));
            FileName added = name("an added name of about the same length as the others " + number);
            attempt(() ->
                    volume.change(change -> {
                        entries.insert(change, added, 11, FileKind.REGULAR);
                        return null;
                    }));
        }
    }

    private static FileName name(String text) {
        try {
            return FileName.of(text);
        } catch (FileException e) {
            throw new AssertionError(e);
        }
    }

    /** Something that may be refused. */
    @FunctionalInterface
    private interface Attempt {
        void run() throws FileException;
    }

    private void attempt(Attempt attempt) {
        try {
            attempt.run();
        } catch (FileException e) {
            refused++;
        }
    }
}
