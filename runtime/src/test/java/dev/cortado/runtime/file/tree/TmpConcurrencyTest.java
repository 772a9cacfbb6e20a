package dev.cortado.runtime.file.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.Within;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.tmpfs.TmpFileSystem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Several threads at one tree of files in memory. */
class TmpConcurrencyTest {
    private static final int PAGES = 1000;
    private static final int NAMES = 1000;
    private static final int CREATE = OpenFlags.CREATE | OpenFlags.READ_WRITE;

    private final TmpFileSystem files =
            new TmpFileSystem((long) PAGES * TmpFileSystem.PAGE_BYTES, NAMES, () -> 0);
    private final FileTree tree = new FileTree(files, 0);

    private static byte[] path(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private OpenFile open(String text, int flags) throws FileException {
        return tree.open(null, path(text), flags, 0666);
    }

    /** Whatever is done at the same time, only errors that fit come, and nothing leaks. */
    @Test
    void nothingLeaksWhateverIsDoneAtTheSameTime() throws Exception {
        for (int i = 0; i < 3; i++) {
            tree.makeDirectory(null, path("d" + i), 0777);
        }
        Within.together(() -> change(1), () -> change(2), () -> change(3), () -> change(4));
        empty("");
        assertEquals(PAGES, files.statistics().freeBlocks());
        assertEquals(NAMES, files.statistics().freeFiles());
        assertEquals(2, tree.attributes(null, path("/"), true).links());
    }

    /**
     * Without space, too: renames carry directories to where these paths do not reach, until all is
     * taken. What had leaked would be missing in the end.
     */
    private static final Set<Errno> FITTING =
            Set.of(
                    Errno.ENOENT,
                    Errno.EEXIST,
                    Errno.EISDIR,
                    Errno.ENOTDIR,
                    Errno.ENOTEMPTY,
                    Errno.EINVAL,
                    Errno.ENOSPC,
                    Errno.EPERM);

    private Void change(int seed) throws FileException {
        Random random = new Random(seed);
        for (int step = 0; step < 15_000; step++) {
            byte[] p = path(random(random));
            byte[] q = path(random(random));
            try {
                switch (random.nextInt(8)) {
                    case 0, 1 -> {
                        OpenFile file = tree.open(null, p, CREATE, 0666);
                        file.write(ByteBuffer.allocate(random.nextInt(10_000)));
                        file.close();
                    }
                    case 2 -> tree.unlink(null, p);
                    case 3 -> tree.makeDirectory(null, p, 0777);
                    case 4 -> tree.removeDirectory(null, p);
                    case 5, 6 -> tree.rename(null, p, null, q);
                    default -> tree.link(null, p, null, q);
                }
            } catch (FileException e) {
                assertTrue(FITTING.contains(e.errno()), e.getMessage());
            }
        }
        return null;
    }

    private static String random(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append("/d").append(random.nextInt(3));
        }
        return text.toString();
    }

    private void empty(String directory) throws FileException {
        OpenFile open = open(directory + "/", OpenFlags.DIRECTORY);
        for (var entry = open.nextEntry(); entry != null; entry = open.nextEntry()) {
            String text = directory + "/" + entry.name();
            if (entry.kind() == FileKind.DIRECTORY) {
                empty(text);
                tree.removeDirectory(null, path(text));
            } else {
                tree.unlink(null, path(text));
            }
        }
        open.close();
    }

    /** A rename that replaces leaves no moment without the name. */
    @Test
    void aReplacedNameIsAlwaysThere() throws Exception {
        open("/a", CREATE).close();
        Within.together(
                () -> {
                    for (int i = 0; i < 20_000; i++) {
                        open("/b", CREATE).close();
                        tree.rename(null, path("/b"), null, path("/a"));
                    }
                    return null;
                },
                () -> {
                    for (int i = 0; i < 20_000; i++) {
                        tree.attributes(null, path("/a"), true);
                    }
                    return null;
                });
    }

    /** Who makes a file if it is not there gets one, however often others remove it. */
    @Test
    void creatingNeverFailsForARace() throws Exception {
        Within.together(() -> openAndRemove(), () -> openAndRemove(), () -> openAndRemove());
        assertEquals(PAGES, files.statistics().freeBlocks());
    }

    private Void openAndRemove() throws FileException {
        for (int i = 0; i < 5000; i++) {
            OpenFile file = open("/x", CREATE);
            file.write(ByteBuffer.allocate(1));
            try {
                tree.unlink(null, path("/x"));
            } catch (FileException e) {
                assertEquals(Errno.ENOENT, e.errno());
            }
            file.close();
        }
        return null;
    }

    @Test
    void appendsOfSeveralThreadsFollowEachOther() throws Exception {
        int pieces = 2000;
        Within.together(() -> append(1, pieces), () -> append(2, pieces), () -> append(3, pieces));
        OpenFile file = open("/log", OpenFlags.READ_ONLY);
        assertEquals(3L * pieces * 100, file.attributes().size());
        int[] counts = new int[4];
        byte[] piece = new byte[100];
        while (file.read(ByteBuffer.wrap(piece)) > 0) {
            byte[] expected = new byte[100];
            Arrays.fill(expected, piece[0]);
            assertTrue(Arrays.equals(expected, piece));
            counts[piece[0]]++;
        }
        assertTrue(Arrays.equals(new int[] {0, pieces, pieces, pieces}, counts));
    }

    private Void append(int mark, int pieces) throws FileException {
        OpenFile file = open("/log", OpenFlags.CREATE | OpenFlags.WRITE_ONLY | OpenFlags.APPEND);
        byte[] piece = new byte[100];
        Arrays.fill(piece, (byte) mark);
        for (int i = 0; i < pieces; i++) {
            file.write(ByteBuffer.wrap(piece));
        }
        file.close();
        return null;
    }

    /** All bytes of a write come at once, across pages too. */
    @Test
    void readersSeeAWriteWholeOrNotAtAll() throws Exception {
        OpenFile file = open("/w", CREATE);
        int length = 3 * TmpFileSystem.PAGE_BYTES;
        file.writeAt(100, ByteBuffer.allocate(length));
        Within.together(
                () -> {
                    byte[] data = new byte[length];
                    for (int i = 0; i < 5000; i++) {
                        Arrays.fill(data, (byte) i);
                        file.writeAt(100, ByteBuffer.wrap(data));
                    }
                    return null;
                },
                () -> {
                    byte[] data = new byte[length];
                    byte[] expected = new byte[length];
                    for (int i = 0; i < 5000; i++) {
                        file.readAt(100, ByteBuffer.wrap(data));
                        Arrays.fill(expected, data[0]);
                        assertTrue(Arrays.equals(expected, data));
                    }
                    return null;
                });
    }

    /** Threads that share a position each get other bytes. */
    @Test
    void readersOfOneDescriptionShareItsPosition() throws Exception {
        OpenFile file = open("/s", CREATE);
        byte[] data = new byte[60_000];
        for (int i = 0; i < data.length; i += 4) {
            ByteBuffer.wrap(data).putInt(i, i);
        }
        file.write(ByteBuffer.wrap(data));
        file.seek(0);
        OpenFile copy = file.duplicate();
        Set<Integer> seen = ConcurrentHashMap.newKeySet();
        List<Integer> counts = Within.together(() -> read(file, seen), () -> read(copy, seen));
        assertEquals(data.length / 4, seen.size());
        assertEquals(data.length / 4, counts.get(0) + counts.get(1));
    }

    private static int read(OpenFile file, Set<Integer> seen) throws FileException {
        ByteBuffer number = ByteBuffer.allocate(4);
        int count = 0;
        while (file.read(number.clear()) == 4) {
            seen.add(number.getInt(0));
            count++;
        }
        return count;
    }

    /** Closing while others read and write: they finish, or are told, and the file goes. */
    @Test
    void closingUnderReadersAndWritersLeavesNothingBehind() throws Exception {
        for (int round = 0; round < 300; round++) {
            OpenFile file = open("/c", CREATE);
            tree.unlink(null, path("/c"));
            Within.together(
                    () -> useUntilClosed(file),
                    () -> useUntilClosed(file),
                    () -> {
                        file.close();
                        return null;
                    });
            assertEquals(PAGES, files.statistics().freeBlocks());
        }
    }

    private static Void useUntilClosed(OpenFile file) throws FileException {
        try {
            while (true) {
                file.writeAt(0, ByteBuffer.allocate(10_000));
                file.readAt(0, ByteBuffer.allocate(10_000));
            }
        } catch (FileException e) {
            assertEquals(Errno.EBADF, e.errno());
            return null;
        }
    }
}
