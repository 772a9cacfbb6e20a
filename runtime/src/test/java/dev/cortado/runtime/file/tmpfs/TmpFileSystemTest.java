package dev.cortado.runtime.file.tmpfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.Inode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TmpFileSystemTest {
    private static final int PAGES = 100;
    private static final int NAMES = 50;
    private static final int PAGE = TmpFileSystem.PAGE_BYTES;
    private static final long DAY = 86_400_000_000_000L;

    private long now = DAY;

    /** How often the time is asked for before there is no memory, once. */
    private int timesBeforeFailure = Integer.MAX_VALUE;

    private final TmpFileSystem files =
            new TmpFileSystem((long) PAGES * PAGE + 17, NAMES, this::time);
    private final Inode root = files.root();

    private long time() {
        if (timesBeforeFailure-- == 0) {
            throw new OutOfMemoryError("for a test");
        }
        return now;
    }

    private static FileName name(String text) {
        try {
            return FileName.of(text);
        } catch (FileException e) {
            throw new AssertionError(e);
        }
    }

    private Inode create(String text) throws FileException {
        return files.create(root, name(text), 0644);
    }

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocate(count);
    }

    private void requireEmpty() {
        assertEquals(PAGES, files.statistics().freeBlocks());
        assertEquals(NAMES, files.statistics().freeFiles());
    }

    @Test
    void writesWhatThereIsRoomForAndNoMore() throws FileException {
        requireEmpty();
        Inode file = create("a");
        assertEquals(PAGES * PAGE, files.write(file, 0, bytes(PAGES * PAGE + 1)));
        ByteBuffer more = bytes(1);
        Fails.with(Errno.ENOSPC, () -> files.write(file, PAGES * PAGE, more));
        assertEquals(1, more.remaining());
        Fails.with(Errno.ENOSPC, () -> files.append(file, more));
        assertEquals(1, files.write(file, 5, bytes(1)));
        assertEquals(0, files.write(file, PAGES * PAGE, bytes(0)));
        byte[] target = new byte[129];
        Fails.with(Errno.ENOSPC, () -> files.makeSymbolicLink(root, name("l"), target));
        files.makeSymbolicLink(root, name("l"), new byte[128]);
        files.truncate(file, PAGE + 1);
        assertEquals(PAGES - 2, files.statistics().freeBlocks());
        files.makeSymbolicLink(root, name("m"), target);
        assertEquals(PAGES - 3, files.statistics().freeBlocks());
        for (String text : new String[] {"a", "l", "m"}) {
            files.unlink(root, name(text));
        }
        requireEmpty();
    }

    @Test
    void countsNamesAndNotFiles() throws FileException {
        Inode file = create("a");
        for (int i = 1; i < NAMES; i++) {
            files.link(file, root, name("n" + i));
        }
        Fails.with(Errno.ENOSPC, () -> create("b"));
        Fails.with(Errno.ENOSPC, () -> files.link(file, root, name("b")));
        Fails.with(Errno.ENOSPC, () -> files.makeDirectory(root, name("b"), 0));
        Fails.with(Errno.ENOSPC, () -> files.makeSymbolicLink(root, name("b"), new byte[200]));
        assertEquals(PAGES, files.statistics().freeBlocks());
        Fails.with(Errno.EEXIST, () -> create("n3"));
        files.rename(root, name("a"), root, name("b"));
        assertEquals(NAMES, files.attributes(file).links());
        files.unlink(root, name("b"));
        create("a");
    }

    /** When it is made, or its name is. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void whatThereIsNoMemoryForTakesNothing(int times) throws FileException {
        byte[] target = new byte[200];
        for (int i = 0; i < 2; i++) {
            timesBeforeFailure = times;
            assertThrows(
                    OutOfMemoryError.class, () -> files.makeSymbolicLink(root, name("l"), target));
            timesBeforeFailure = times;
            assertThrows(OutOfMemoryError.class, () -> create("l"));
            Fails.with(Errno.ENOENT, () -> files.lookup(root, name("l")));
            assertNull(files.nextEntry(root, DirectoryEntry.START));
            requireEmpty();
        }
        Inode file = create("a");
        timesBeforeFailure = 1;
        assertThrows(OutOfMemoryError.class, () -> files.link(file, root, name("l")));
        assertEquals(1, files.attributes(file).links());
        assertEquals(NAMES - 1, files.statistics().freeFiles());
        files.makeSymbolicLink(root, name("l"), target);
    }

    @Test
    void holesCostNothing() throws FileException {
        Inode file = create("a");
        files.write(file, 1L << 40, bytes(1));
        files.truncate(file, Long.MAX_VALUE);
        Attributes attributes = files.attributes(file);
        assertEquals(Long.MAX_VALUE, attributes.size());
        assertEquals(8, attributes.blocks());
        ByteBuffer last = bytes(10);
        last.put(0, (byte) 1);
        assertEquals(1, files.read(file, Long.MAX_VALUE - 1, last));
        assertEquals(0, last.get(0));
        assertEquals(0, files.read(file, Long.MAX_VALUE, bytes(1)));
        Fails.with(Errno.EFBIG, () -> files.write(file, Long.MAX_VALUE, bytes(1)));
        assertEquals(1, files.write(file, Long.MAX_VALUE - 1, bytes(2)));
        Fails.with(Errno.EFBIG, () -> files.append(file, bytes(1)));
        assertEquals(PAGES - 2, files.statistics().freeBlocks());
    }

    /** Bytes against an array; sizes and positions mostly beside page ends. */
    @Test
    void readsWhatWasWritten() throws FileException {
        Random random = new Random(1);
        Inode file = create("a");
        byte[] model = new byte[10 * PAGE];
        int size = 0;
        for (int step = 0; step < 20_000; step++) {
            int position = random.nextInt(9) * PAGE + random.nextInt(8);
            byte[] data = new byte[random.nextInt(1 << random.nextInt(13))];
            random.nextBytes(data);
            switch (random.nextInt(4)) {
                case 0 -> {
                    files.write(file, position, ByteBuffer.wrap(data));
                    System.arraycopy(data, 0, model, position, data.length);
                    size = data.length == 0 ? size : Math.max(size, position + data.length);
                }
                case 1 -> {
                    files.truncate(file, position);
                    size = position;
                    Arrays.fill(model, size, model.length, (byte) 0);
                }
                default -> {
                    ByteBuffer read = ByteBuffer.allocateDirect(data.length);
                    int count = files.read(file, position, read);
                    int expected = Math.max(Math.min(data.length, size - position), 0);
                    assertEquals(expected, count);
                    assertEquals(ByteBuffer.wrap(model, position, count), read.flip());
                }
            }
        }
    }

    @Test
    void aFileWithoutANameLivesUntilItIsReleased() throws FileException {
        Inode file = create("a");
        files.retain(file);
        files.retain(file);
        files.unlink(root, name("a"));
        files.write(file, 0, bytes(PAGE));
        assertEquals(0, files.attributes(file).links());
        Fails.with(Errno.ENOENT, () -> files.link(file, root, name("b")));
        files.release(file);
        assertEquals(PAGES - 1, files.statistics().freeBlocks());
        files.release(file);
        requireEmpty();
        Fails.with(Errno.ENOENT, () -> files.retain(file));
        Fails.with(Errno.ENOENT, () -> files.write(file, 0, bytes(1)));
        Fails.with(Errno.ENOENT, () -> files.truncate(file, 5));
        assertEquals(0, files.read(file, 0, bytes(1)));
        assertThrows(IllegalStateException.class, () -> files.release(file));
        requireEmpty();
    }

    @Test
    void aRemovedDirectoryTakesNothing() throws FileException {
        Inode directory = files.makeDirectory(root, name("d"), 0755);
        create("a");
        files.removeDirectory(root, name("d"));
        Fails.with(Errno.ENOENT, () -> files.create(directory, name("x"), 0));
        Fails.with(Errno.ENOENT, () -> files.rename(root, name("a"), directory, name("x")));
        assertNull(files.nextEntry(directory, DirectoryEntry.START));
        assertEquals(root, files.parent(directory));
    }

    @Test
    void keepsTimes() throws FileException {
        Inode file = create("a");
        assertEquals(now, files.attributes(root).modified());
        long created = now;
        now += 5;
        files.write(file, 0, bytes(1));
        assertTimes(file, created, now, now);
        now += 5;
        files.read(file, 0, bytes(1));
        long accessed = now;
        assertTimes(file, accessed, created + 5, created + 5);
        now += 5;
        files.read(file, 0, bytes(1));
        assertTimes(file, accessed, created + 5, created + 5);
        now += DAY;
        files.read(file, 0, bytes(1));
        accessed = now;
        now += 5;
        files.setAttributes(file, AttributeChange.ofPermissions(0777));
        assertTimes(file, accessed, created + 5, now);
        now += 5;
        files.setAttributes(file, AttributeChange.ofTimes(-7, AttributeChange.NOW));
        assertTimes(file, -7, now, now);
        long modified = now;
        now += 5;
        files.rename(root, name("a"), root, name("b"));
        assertTimes(file, -7, modified, now);
        assertEquals(now, files.attributes(root).modified());
        files.setAttributes(file, AttributeChange.ofOwner(AttributeChange.KEEP, 9));
        assertEquals(9, files.attributes(file).group());
        assertEquals(0, files.attributes(file).owner());
        assertEquals(created, files.attributes(file).created());
    }

    private void assertTimes(Inode file, long accessed, long modified, long changed) {
        Attributes attributes = files.attributes(file);
        assertEquals(accessed, attributes.accessed(), "accessed");
        assertEquals(modified, attributes.modified(), "modified");
        assertEquals(changed, attributes.changed(), "changed");
    }

    /** What stays is given once, in spite of all that comes and goes. */
    @Test
    void readingADirectoryWhileItChangesMissesNothingThatStays() throws FileException {
        Random random = new Random(1);
        for (int round = 0; round < 500; round++) {
            TmpFileSystem changing = new TmpFileSystem(PAGE, 1000, () -> 0);
            Inode directory = changing.root();
            TreeMap<String, Boolean> stays = new TreeMap<>();
            for (int i = 0; i < 20; i++) {
                changing.create(directory, name("stays" + i), 0);
                stays.put("stays" + i, false);
                changing.create(directory, name("goes" + i), 0);
            }
            Map<String, Integer> seen = new HashMap<>();
            DirectoryEntry entry = changing.nextEntry(directory, DirectoryEntry.START);
            while (entry != null) {
                seen.merge(entry.name().toString(), 1, Integer::sum);
                assertEquals(entry.inode(), changing.lookup(directory, entry.name()).number());
                FileName other =
                        name((random.nextBoolean() ? "goes" : "comes") + random.nextInt(20));
                try {
                    if (random.nextInt(3) == 0 && seen.size() < 200) {
                        changing.create(directory, other, 0);
                    } else {
                        changing.unlink(directory, other);
                    }
                } catch (FileException e) {
                    // It was there, or was not.
                }
                entry = changing.nextEntry(directory, entry.cookie());
            }
            for (String text : stays.keySet()) {
                assertEquals(1, seen.get(text), text);
            }
        }
    }

    /** As who puts something in front of each name does, or copies each file beside itself. */
    @Test
    void readingADirectoryEndsWhoeverAddsToIt() throws FileException {
        for (int i = 0; i < 5; i++) {
            create("a" + i);
        }
        int given = 0;
        DirectoryEntry entry = files.nextEntry(root, DirectoryEntry.START);
        while (entry != null && given < NAMES) {
            given++;
            files.rename(root, entry.name(), root, name("b" + given));
            create("c" + given);
            entry = files.nextEntry(root, entry.cookie());
        }
        assertEquals(5, given);
    }

    /** As who writes a file anew does, and gives it the old one's name then. */
    @Test
    void aNameThatAnotherFileGetsIsGivenOnce() throws FileException {
        for (int i = 0; i < 5; i++) {
            create("a" + i);
        }
        Map<String, Integer> seen = new HashMap<>();
        DirectoryEntry entry = files.nextEntry(root, DirectoryEntry.START);
        for (int given = 0; entry != null && given < NAMES; given++) {
            seen.merge(entry.name().toString(), 1, Integer::sum);
            for (int i = 0; i < 5; i++) {
                create("new");
                files.rename(root, name("new"), root, name("a" + i));
            }
            entry = files.nextEntry(root, entry.cookie());
        }
        assertEquals(Map.of("a0", 1, "a1", 1, "a2", 1, "a3", 1, "a4", 1), seen);
    }

    @Test
    void refusesInodesOfOthers() throws FileException {
        TmpFileSystem other = new TmpFileSystem(PAGE, 10, () -> 0);
        assertThrows(IllegalArgumentException.class, () -> other.attributes(root));
        Inode file = create("a");
        assertThrows(
                IllegalArgumentException.class, () -> other.link(file, other.root(), name("x")));
        Fails.with(Errno.ENOTDIR, () -> files.lookup(file, name("x")));
        Fails.with(Errno.EISDIR, () -> files.read(root, 0, bytes(1)));
        Fails.with(Errno.EINVAL, () -> files.readLink(file));
        assertEquals(FileKind.REGULAR, file.kind());
        assertTrue(root.isDirectory());
    }

    @Test
    void whatIsBesideItCountsWithIt() throws FileException {
        TmpFileSystem other = new TmpFileSystem(files);
        Inode file = other.create(other.root(), name("a"), 0600);
        other.write(file, 0, ByteBuffer.allocate(PAGES * PAGE));
        Inode here = files.create(files.root(), name("b"), 0600);
        Fails.with(Errno.ENOSPC, () -> files.write(here, 0, ByteBuffer.allocate(1)));
        assertEquals(NAMES - 2, files.statistics().freeFiles());
        other.unlink(other.root(), name("a"));
        assertEquals(1, files.write(here, 0, ByteBuffer.allocate(1)));
        assertThrows(IllegalArgumentException.class, () -> other.attributes(here));
    }
}
