package dev.cortado.runtime.file.ext4.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.ext4.lab.TestInode;
import dev.cortado.runtime.file.ext4.lab.TestVolume;
import dev.cortado.runtime.file.storage.transaction.Change;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Maps of both forms, against a model and against e2fsck. */
class FileMapTest {
    @TempDir Path directory;

    /** Which block of the disk each block of the file has. */
    private final TreeMap<Long, Long> model = new TreeMap<>();

    @ParameterizedTest
    @CsvSource({
        "1024, true, 1",
        "1024, true, 2",
        "1024, false, 3",
        "4096, true, 4",
        "4096, false, 5"
    })
    void isAsItsModel(int blockBytes, boolean hasExtents, long seed) throws Exception {
        TestVolume volume = TestVolume.make(directory, "24M", "-b", "" + blockBytes);
        long number = volume.create("file", FileKind.REGULAR, hasExtents).number();
        Random random = new Random(seed);
        // Beyond all direct and single blocks of 1 KiB.
        long range = 12 + 256 + 256 * 20;
        for (int round = 0; round < 20; round++) {
            TestInode inode = volume.inode(number);
            for (int i = 0; i < 20; i++) {
                long block = random.nextLong(range);
                long count = 1 + random.nextInt(random.nextInt(10) == 0 ? 400 : 4);
                if (random.nextInt(4) == 0) {
                    remove(volume, inode, block, Math.min(range, block + count * 3));
                } else {
                    allocate(volume, inode, block, Math.min(range, block + count));
                }
            }
            volume = volume.reopened();
            compare(volume.inode(number), range);
        }
        setSize(volume, number, range);
        volume.check(directory);
        remove(volume, volume.inode(number), 0, volume.inode(number).map().limit());
        compare(volume.inode(number), range);
        assertEquals(0, volume.inode(number).record().sectors());
        volume.check(directory);
    }

    private void allocate(TestVolume volume, TestInode inode, long from, long end)
            throws FileException {
        volume.change(change -> {
            long at = from;
            while (at < end) {
                if (change.credits() < inode.map().creditsToAllocate()) {
                    change.next(TestVolume.CREDITS);
                }
                int before = change.credits();
                int bound = inode.map().creditsToAllocate();
                Mapping mapping = inode.map().allocate(change, at, end - at);
                assertTrue(before - change.credits() <= bound);
                assertTrue(mapping.hasBytes());
                assertTrue(mapping.count() <= end - at);
                for (long i = 0; i < mapping.count(); i++) {
                    Long old = model.put(at + i, mapping.place() + i);
                    assertEquals(old == null, mapping.isFresh());
                    assertTrue(old == null || old == mapping.place() + i);
                }
                at += mapping.count();
            }
            return null;
        });
    }

    private void remove(TestVolume volume, TestInode inode, long from, long to)
            throws FileException {
        volume.change(change -> {
            long end = to;
            while (end > from) {
                // As few as promised to be enough.
                change.next(inode.map().creditsToRemove());
                long reached = inode.map().remove(change, from, end);
                assertTrue(reached < end || reached == from, reached + " of " + end);
                end = reached;
            }
            assertEquals(from, end);
            return null;
        });
        model.subMap(from, to).clear();
    }

    private void compare(TestInode inode, long range) throws FileException {
        Set<Long> places = new HashSet<>();
        long at = 0;
        while (at < range + 1) {
            Mapping mapping = inode.map().lookup(at);
            for (long i = at; i < Math.min(range + 1, at + mapping.count()); i++) {
                Long expected = model.get(i);
                assertEquals(expected == null, mapping.isHole(), "block " + i);
                if (expected != null) {
                    assertEquals(expected, mapping.place() + (i - at), "block " + i);
                    assertTrue(places.add(expected));
                }
            }
            at += mapping.count();
        }
    }

    private static void setSize(TestVolume volume, long number, long blocks) throws FileException {
        volume.change(change -> {
            volume.inode(number).setSize(change, blocks * volume.geometry().blockBytes());
            return null;
        });
    }

    /** Every second block: no two extents join, and the tree gets deep. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everySecondBlock(boolean isForwards) throws Exception {
        TestVolume volume = TestVolume.make(directory, "24M", "-b", "1024");
        TestInode inode = volume.create("file", FileKind.REGULAR, true);
        int count = 5_000;
        for (int i = 0; i < count; i++) {
            long block = 2L * (isForwards ? i : count - 1 - i);
            allocate(volume, inode, block, block + 1);
        }
        compare(inode, 2 * count);
        setSize(volume, inode.number(), 2 * count);
        assertTrue(inode.blocks().getShort(6) >= 2, "depth");
        volume.check(directory);
        remove(volume, inode, 1000, inode.map().limit());
        compare(inode, 2 * count);
        setSize(volume, inode.number(), 1000);
        volume.check(directory);
    }

    @Test
    void aFileIsOnePiece() throws Exception {
        TestVolume volume = TestVolume.make(directory, "64M", "-b", "4096");
        TestInode inode = volume.create("file", FileKind.REGULAR, true);
        for (int block = 0; block < 5000; block += 5) {
            allocate(volume, inode, block, block + 5);
        }
        // The first few are between the group's own blocks.
        assertTrue(inode.map().lookup(100).count() >= 4900);
        assertTrue(inode.blocks().getShort(2) <= 4, "extents");
    }

    @Test
    void unwrittenBlocksAreMadeWritten() throws Exception {
        TestVolume volume = TestVolume.make(directory, "16M", "-b", "1024");
        TestInode inode = volume.create("file", FileKind.REGULAR, true);
        volume.change(change -> {
            long place = inode.map().allocate(change, 10, 100).place();
            ExtentNode root = new ExtentNode(inode.blocks(), ExtentNode.IN_INODE);
            root.setExtent(0, new Extent(10, 100, place, true));
            inode.setBlocks(change, root.bytes());
            return null;
        });
        Mapping unwritten = inode.map().lookup(20);
        assertTrue(unwritten.isUnwritten());
        assertFalse(unwritten.hasBytes());
        assertEquals(90, unwritten.count());
        Random random = new Random(6);
        Set<Long> written = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            long block = 10 + random.nextInt(100);
            long count = Math.min(1 + random.nextInt(3), 110 - block);
            Mapping made = volume.change(c -> inode.map().allocate(c, block, count));
            assertEquals(unwritten.place() - 20 + block, made.place());
            for (long b = block; b < block + made.count(); b++) {
                written.add(b);
            }
            for (long b = 10; b < 110; b++) {
                Mapping now = inode.map().lookup(b);
                assertEquals(unwritten.place() - 20 + b, now.place());
                assertEquals(!written.contains(b), now.isUnwritten(), "block " + b);
            }
        }
        setSize(volume, inode.number(), 120);
        volume.check(directory);
    }

    @Test
    void endsWhereNumbersDo() throws Exception {
        TestVolume volume = TestVolume.make(directory, "16M", "-b", "1024");
        TestInode extents = volume.create("extents", FileKind.REGULAR, true);
        TestInode pointers = volume.create("pointers", FileKind.REGULAR, false);
        assertEquals(0xFFFF_FFFFL, extents.map().limit());
        assertEquals(12 + 256 + 256 * 256 + 256 * 256 * 256, pointers.map().limit());
        for (TestInode inode : new TestInode[] {extents, pointers}) {
            long limit = inode.map().limit();
            assertTrue(inode.map().lookup(limit).isHole());
            assertTrue(inode.map().lookup(limit - 1).isHole());
            Mapping last = volume.change(c -> inode.map().allocate(c, limit - 1, 5));
            assertEquals(1, last.count());
            assertEquals(last.place(), inode.map().lookup(limit - 1).place());
            FileException e =
                    assertThrows(
                            FileException.class,
                            () -> volume.change(c -> inode.map().allocate(c, limit, 1)));
            assertEquals(Errno.EFBIG, e.errno());
            try (Change change = volume.store().begin(100)) {
                assertEquals(5, inode.map().remove(change, 5, limit));
                change.done();
            }
            assertEquals(0, inode.record().sectors());
        }
        volume.check(directory);
    }

    @Test
    void aFullDiskLeavesNothingHalf() throws Exception {
        TestVolume volume = TestVolume.make(directory, "2M", "-b", "1024");
        TestInode inode = volume.create("file", FileKind.REGULAR, true);
        FileException e =
                assertThrows(
                        FileException.class,
                        () -> {
                            for (long block = 0; ; block += 2) {
                                allocate(volume, inode, block, block + 1);
                            }
                        });
        assertEquals(Errno.ENOSPC, e.errno());
        long last = model.keySet().stream().max(Long::compare).orElseThrow();
        Map<Long, Long> before = Map.copyOf(model);
        setSize(volume, inode.number(), last + 1);
        volume.check(directory);
        assertEquals(before, model);
        assertEquals(0, volume.groups().superblock().freeBlocks());
        remove(volume, inode, 0, last + 1);
        // What was freed is held until it is committed.
        e = assertThrows(FileException.class, () -> allocate(volume, inode, 0, 1));
        assertEquals(Errno.ENOSPC, e.errno());
        volume.store().commit(volume.store().transaction());
        allocate(volume, inode, 0, 1);
        volume.check(directory);
    }
}
