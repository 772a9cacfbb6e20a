package dev.cortado.runtime.file.imagefs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
import dev.cortado.runtime.file.FileSystemStatistics;
import dev.cortado.runtime.file.Inode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFileSystemTest {
    private static final long TIME = 1_700_000_000_123_456_789L;
    private static final long LATER = TIME + 1;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
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

    private static ImageFileSystem small() {
        ImageTree tree = new ImageTree(TIME);
        tree.addDirectory(bytes("/"), 0711, LATER);
        tree.addFile(bytes("/a"), 0644, TIME, bytes("content"));
        tree.addDirectory(bytes("/b/c"), 0755, LATER);
        tree.addLink(bytes("/b/link"), LATER, bytes("../a"));
        tree.addFile(bytes("/b/run"), 0755, TIME, new byte[513]);
        return tree.fileSystem();
    }

    /** Whatever tree it is, all is where it was put, and every read gives what was written. */
    @Test
    void findsAndReadsWhatWasAdded() throws Exception {
        Random random = new Random(1);
        Map<String, byte[]> model = new TreeMap<>();
        for (int i = 0; i < 2000; i++) {
            String path = "d%d/e%d/f%d";
            path = path.formatted(random.nextInt(20), random.nextInt(20), random.nextInt(50));
            byte[] content = new byte[random.nextInt(500)];
            random.nextBytes(content);
            model.put(path, content);
        }
        List<String> paths = new ArrayList<>(model.keySet());
        Collections.shuffle(paths, random);
        ImageTree tree = new ImageTree(TIME);
        for (String path : paths) {
            tree.addFile(bytes(path), 0644, TIME, model.get(path));
        }
        ImageFileSystem files = tree.fileSystem();
        for (String path : paths) {
            byte[] content = model.get(path);
            Inode file = find(files, path);
            assertEquals(content.length, files.attributes(file).size());
            int position = random.nextInt(content.length + 2);
            ByteBuffer buffer = ByteBuffer.allocate(random.nextInt(600));
            int count = files.read(file, position, buffer);
            assertEquals(Math.clamp(content.length - position, 0, buffer.capacity()), count);
            assertEquals(count, buffer.position());
            assertEquals(buffer.capacity(), buffer.limit());
            assertEquals(
                    ByteBuffer.wrap(
                            content,
                            content.length - Math.max(content.length - position, 0),
                            count),
                    buffer.flip());
        }
        Set<Long> numbers = new HashSet<>();
        List<String> found = new ArrayList<>();
        list(files, files.root(), "", found, numbers);
        assertEquals(new ArrayList<>(model.keySet()), found.stream().sorted().toList());
        assertEquals(files.statistics().files(), numbers.size());
    }

    private static void list(
            ImageFileSystem files, Inode at, String path, List<String> found, Set<Long> numbers)
            throws FileException {
        assertTrue(numbers.add(at.number()), path);
        if (!at.isDirectory()) {
            found.add(path);
            return;
        }
        FileName last = null;
        DirectoryEntry entry = files.nextEntry(at, DirectoryEntry.START);
        for (; entry != null; entry = files.nextEntry(at, entry.cookie())) {
            assertTrue(last == null || last.compareTo(entry.name()) < 0, "sorted");
            last = entry.name();
            Inode child = files.lookup(at, entry.name());
            assertEquals(child.number(), entry.inode());
            assertEquals(child.kind(), entry.kind());
            if (child.isDirectory()) {
                assertEquals(at, files.parent(child));
            }
            String name = entry.name().toString();
            list(files, child, path.isEmpty() ? name : path + "/" + name, found, numbers);
        }
    }

    @Test
    void tellsWhatEachFileIsLike() throws Exception {
        ImageFileSystem files = small();
        Attributes root = files.attributes(files.root());
        assertEquals(0711, root.permissions());
        assertEquals(LATER, root.modified());
        Attributes between = files.attributes(find(files, "b"));
        assertEquals(FileKind.DIRECTORY, between.kind());
        assertEquals(0755, between.permissions());
        assertEquals(TIME, between.modified());
        Attributes run = files.attributes(find(files, "b/run"));
        assertEquals(0755, run.permissions());
        assertEquals(513, run.size());
        assertEquals(2, run.blocks());
        assertEquals(0, run.owner());
        Attributes link = files.attributes(find(files, "b/link"));
        assertEquals(FileKind.SYMBOLIC_LINK, link.kind());
        assertEquals(4, link.size());
        assertArrayEquals(bytes("../a"), files.readLink(find(files, "b/link")));
        assertEquals(files.root(), files.parent(files.root()));
        assertEquals("imagefs", files.type());
        FileSystemStatistics space = files.statistics();
        // a 7 bytes, the link 4 and run 513, in blocks of 512.
        assertEquals(4, space.blocks());
        assertEquals(0, space.freeBlocks());
        assertEquals(6, space.files());
    }

    @Test
    void whoeverReadsALinkMayChangeWhatHeGot() throws Exception {
        ImageFileSystem files = small();
        files.readLink(find(files, "b/link"))[0] = 'x';
        assertArrayEquals(bytes("../a"), files.readLink(find(files, "b/link")));
    }

    @Test
    void refusesEveryChange() throws Exception {
        ImageFileSystem files = small();
        Inode root = files.root();
        Inode a = find(files, "a");
        FileName x = name("x");
        assertTrue(files.isReadOnly());
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
    }

    @Test
    void saysWhatCannotBe() throws Exception {
        ImageFileSystem files = small();
        Inode root = files.root();
        Inode a = find(files, "a");
        Fails.with(Errno.ENOENT, () -> find(files, "b/none"));
        Fails.with(Errno.ENOTDIR, () -> find(files, "a/none"));
        Fails.with(Errno.ENOTDIR, () -> files.parent(a));
        Fails.with(Errno.ENOTDIR, () -> files.nextEntry(a, DirectoryEntry.START));
        Fails.with(Errno.EISDIR, () -> files.read(root, 0, ByteBuffer.allocate(1)));
        Fails.with(Errno.EINVAL, () -> files.readLink(a));
        Fails.with(Errno.EINVAL, () -> files.readLink(root));
        assertNull(files.nextEntry(root, Long.MAX_VALUE));
        assertNull(files.nextEntry(root, -1));
        assertEquals(0, files.read(a, Long.MAX_VALUE, ByteBuffer.allocate(1)));
        ImageFileSystem other = small();
        assertNotEquals(root, other.root());
        assertThrows(IllegalArgumentException.class, () -> other.attributes(root));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "b//c", "a/b", "a", "../x", "./x", "b/", "b/c", "b/c/."})
    void refusesPathsThatAreNone(String path) {
        ImageTree tree = new ImageTree(TIME);
        tree.addFile(bytes("a"), 0644, TIME, new byte[0]);
        tree.addDirectory(bytes("b/c"), 0755, TIME);
        byte[] place = bytes(path);
        assertThrows(
                IllegalArgumentException.class, () -> tree.addFile(place, 0, TIME, new byte[0]));
        assertThrows(IllegalArgumentException.class, () -> tree.addLink(place, TIME, place));
    }

    @Test
    void noFileIsADirectoryAsWell() {
        ImageTree tree = new ImageTree(TIME);
        tree.addFile(bytes("a"), 0644, TIME, new byte[0]);
        assertThrows(
                IllegalArgumentException.class, () -> tree.addDirectory(bytes("a"), 0755, TIME));
    }
}
