package dev.cortado.runtime.file.imagefs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.Inode;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ImageFileSystemTest {
    private static final long TIME = 1_700_000_000_123_456_789L;

    /** Byte number n is n modulo 251. */
    private record Pattern(long size) implements ByteSource {
        @Override
        public void read(long offset, ByteBuffer to) {
            long at = offset;
            while (to.hasRemaining()) {
                assertTrue(at >= 0 && at < size, "byte " + at + " of " + size);
                to.put((byte) (at++ % 251));
            }
        }
    }

    private static FileName name(String text) throws FileException {
        return FileName.of(text);
    }

    private static Inode find(ImageFileSystem files, String path) throws FileException {
        Inode at = files.root();
        for (String text : path.split("/")) {
            at = files.lookup(at, name(text));
        }
        return at;
    }

    /** Written by hand from what IndexLayout says. */
    @Test
    void anIndexLiesAsItsLayoutSays() {
        IndexWriter writer = new IndexWriter();
        writer.addFile("d/x", 5, 7);
        writer.addFile("a", 1, 2);
        String expected =
                "43544958 01000000 04000000 03000000 0807060504030201"
                        + "01000000 00000000 00000000 00000000 0100000000000000 0200000000000000"
                        + "02000000 00000000 00000000 01000000 0100000000000000 0200000000000000"
                        + "01000000 00000000 01000000 01000000 0300000000000000 0100000000000000"
                        + "02000000 02000000 02000000 01000000 0500000000000000 0700000000000000"
                        + "616478";
        byte[] bytes = HexFormat.of().parseHex(expected.replace(" ", ""));
        assertArrayEquals(bytes, writer.write(0x0102030405060708L));
    }

    @Test
    void findsAndReadsWhatWasNamed() throws Exception {
        Random random = new Random(1);
        TreeMap<String, long[]> model = new TreeMap<>();
        IndexWriter writer = new IndexWriter();
        long size = 1L << 33;
        for (int i = 0; i < 2000; i++) {
            String path =
                    "d"
                            + random.nextInt(20)
                            + "/e"
                            + random.nextInt(20)
                            + "/f"
                            + random.nextInt(50);
            long offset = random.nextLong(size);
            long length = random.nextLong(Math.min(size - offset, 10_000));
            if (model.putIfAbsent(path, new long[] {offset, length}) == null) {
                writer.addFile(path, offset, length);
            }
        }
        ImageFileSystem files = new ImageFileSystem(writer.write(TIME), new Pattern(size));
        for (var entry : model.entrySet()) {
            Inode file = find(files, entry.getKey());
            long offset = entry.getValue()[0];
            long length = entry.getValue()[1];
            assertEquals(length, files.attributes(file).size());
            assertEquals(TIME, files.attributes(file).modified());
            long position = random.nextLong(length + 2);
            ByteBuffer buffer = ByteBuffer.allocate(random.nextInt(200));
            int count = files.read(file, position, buffer);
            assertEquals(Math.max(Math.min(length - position, buffer.capacity()), 0), count);
            assertEquals(count, buffer.position());
            assertEquals(buffer.capacity(), buffer.limit());
            if (count > 0) {
                assertEquals((byte) ((offset + position) % 251), buffer.get(0));
            }
        }
        Fails.with(Errno.ENOENT, () -> find(files, "d1/e1/g"));
        Fails.with(Errno.ENOTDIR, () -> find(files, model.firstKey() + "/x"));
        compareEntries(files, model);
    }

    private static void compareEntries(ImageFileSystem files, TreeMap<String, long[]> model)
            throws FileException {
        TreeSet<String> found = new TreeSet<>();
        Inode root = files.root();
        assertEquals(root, files.parent(root));
        DirectoryEntry d = files.nextEntry(root, DirectoryEntry.START);
        for (; d != null; d = files.nextEntry(root, d.cookie())) {
            Inode first = files.lookup(root, d.name());
            assertEquals(root, files.parent(first));
            DirectoryEntry e = files.nextEntry(first, DirectoryEntry.START);
            for (; e != null; e = files.nextEntry(first, e.cookie())) {
                Inode second = files.lookup(first, e.name());
                assertEquals(second.number(), e.inode());
                DirectoryEntry f = files.nextEntry(second, DirectoryEntry.START);
                for (; f != null; f = files.nextEntry(second, f.cookie())) {
                    found.add(d.name() + "/" + e.name() + "/" + f.name());
                }
            }
        }
        assertEquals(model.keySet(), found);
        assertNull(files.nextEntry(root, Long.MAX_VALUE));
        assertNull(files.nextEntry(root, -1));
    }

    @Test
    void refusesEveryChange() throws Exception {
        IndexWriter writer = new IndexWriter();
        writer.addFile("a", 0, 0);
        writer.addDirectory("b/c");
        ImageFileSystem files = new ImageFileSystem(writer.write(TIME), new Pattern(0));
        Inode root = files.root();
        Inode a = find(files, "a");
        FileName x = name("x");
        Fails.with(Errno.EROFS, () -> files.create(root, x, 0));
        Fails.with(Errno.EROFS, () -> files.makeDirectory(root, x, 0));
        Fails.with(Errno.EROFS, () -> files.makeSymbolicLink(root, x, new byte[1]));
        Fails.with(Errno.EROFS, () -> files.link(a, root, x));
        Fails.with(Errno.EROFS, () -> files.unlink(root, name("a")));
        Fails.with(Errno.EROFS, () -> files.removeDirectory(root, name("b")));
        Fails.with(Errno.EROFS, () -> files.rename(root, x, root, x));
        Fails.with(Errno.EROFS, () -> files.write(a, 0, ByteBuffer.allocate(1)));
        Fails.with(Errno.EROFS, () -> files.append(a, ByteBuffer.allocate(1)));
        Fails.with(Errno.EROFS, () -> files.truncate(a, 0));
        Fails.with(Errno.EROFS, () -> files.setAttributes(a, AttributeChange.ofPermissions(0)));
        Fails.with(Errno.EISDIR, () -> files.read(root, 0, ByteBuffer.allocate(1)));
        Fails.with(Errno.EINVAL, () -> files.readLink(a));
        ImageFileSystem other = new ImageFileSystem(writer.write(TIME), new Pattern(0));
        assertNotEquals(root, other.root());
        assertThrows(IllegalArgumentException.class, () -> other.attributes(root));
        assertEquals(4, files.statistics().files());
    }

    @Test
    void refusesPathsThatAreNone() {
        IndexWriter writer = new IndexWriter();
        writer.addFile("a", 0, 0);
        for (String path : new String[] {"", "/b", "b//c", "a/b", "a", "../x", "./x", "b/"}) {
            assertThrows(IllegalArgumentException.class, () -> writer.addFile(path, 0, 0), path);
        }
        assertThrows(IllegalArgumentException.class, () -> writer.addDirectory("a"));
        assertThrows(IllegalArgumentException.class, () -> writer.addFile("c", -1, 0));
        assertThrows(IllegalArgumentException.class, () -> writer.addFile("c", 0, -1));
    }
}
