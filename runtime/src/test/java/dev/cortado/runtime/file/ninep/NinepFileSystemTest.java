package dev.cortado.runtime.file.ninep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
import dev.cortado.runtime.file.folder.FolderFileSystem;
import dev.cortado.runtime.file.folder.Patience;
import dev.cortado.runtime.file.folder.ServerTransport;
import dev.cortado.runtime.file.folder.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A folder by way of an honest server, and the same folder seen by Java on the host. */
@EnabledOnOs(OS.LINUX)
final class NinepFileSystemTest {
    /** As small as a server's messages may be. */
    private static final int MESSAGE = 8192;

    @TempDir Path folder;

    private FolderServer server;
    private FolderFileSystem files;
    private int restarts;
    private ServerTransport transport;

    @BeforeEach
    void mount() throws FileException {
        server = new FolderServer(folder, MESSAGE, false, null);
        files =
                FolderFileSystem.mount(
                        new Ninep(), this::connect, Patience.USUAL, false, problem -> {});
    }

    private Transport connect() {
        restarts++;
        transport = new ServerTransport(server::answer, 3 * MESSAGE);
        return transport;
    }

    private static FileName name(String text) throws FileException {
        return FileName.of(text);
    }

    private Inode find(String path) throws FileException {
        Inode at = files.root();
        for (String each : path.split("/")) {
            at = files.lookup(at, name(each));
        }
        return at;
    }

    private byte[] read(Inode file, long position, int count) throws FileException {
        ByteBuffer to = ByteBuffer.allocate(count);
        byte[] read = new byte[files.read(file, position, to)];
        to.get(0, read);
        return read;
    }

    @Test
    void whatTheHostHasIsThere() throws Exception {
        Files.createDirectories(folder.resolve("a/b"));
        byte[] content = new byte[100_000];
        new Random(1).nextBytes(content);
        Files.write(folder.resolve("a/b/c"), content);
        Files.createSymbolicLink(folder.resolve("link"), Path.of("a/b"));
        Inode file = find("a/b/c");
        assertEquals(FileKind.REGULAR, file.kind());
        assertArrayEquals(content, read(file, 0, 200_000));
        assertArrayEquals(new byte[] {content[99_999]}, read(file, 99_999, 10));
        assertEquals(0, read(file, 1 << 20, 10).length);
        assertEquals(FileKind.DIRECTORY, find("a").kind());
        assertEquals(FileKind.SYMBOLIC_LINK, find("link").kind());
        assertEquals("a/b", new String(files.readLink(find("link"))));
        Attributes attributes = files.attributes(file);
        assertEquals(100_000, attributes.size());
        assertEquals(
                Files.getLastModifiedTime(folder.resolve("a/b/c")).toInstant().getNano(),
                attributes.modified() % 1_000_000_000);
        assertEquals(find("a"), files.parent(find("a/b")));
        assertEquals(files.root(), files.parent(find("a")));
        Fails.with(Errno.ENOENT, () -> find("a/x"));
        Fails.with(Errno.ENOTDIR, () -> find("a/b/c/d"));
        Fails.with(Errno.EISDIR, () -> read(find("a"), 0, 1));
        assertEquals(4096, files.statistics().blockBytes());
    }

    /** Nothing is kept that could be older than what the host has. */
    @Test
    void whatTheHostChangesIsSeenAtOnce() throws Exception {
        Path path = folder.resolve("f");
        Files.writeString(path, "old");
        Inode file = find("f");
        files.retain(file);
        assertEquals("old", new String(read(file, 0, 10)));
        Files.writeString(path, "newer");
        assertEquals("newer", new String(read(file, 0, 10)));
        assertEquals(5, files.attributes(file).size());
        Files.writeString(folder.resolve("g"), "another");
        Files.move(folder.resolve("g"), path, StandardCopyOption.REPLACE_EXISTING);
        assertEquals("newer", new String(read(file, 0, 10)));
        assertEquals(0, files.attributes(file).links());
        assertEquals(5, files.attributes(file).size());
        Fails.with(Errno.ESTALE, () -> files.truncate(file, 0));
        assertNotEquals(file, find("f"));
        assertEquals("another", new String(read(find("f"), 0, 10)));
        files.release(file);
        assertEquals("another", Files.readString(path));
    }

    @Test
    void whatIsWrittenIsTheHostsAtOnce() throws Exception {
        Inode directory = files.makeDirectory(files.root(), name("d"), 0750);
        Inode file = files.create(directory, name("f"), 0640);
        byte[] content = new byte[50_000];
        new Random(2).nextBytes(content);
        ByteBuffer from = ByteBuffer.wrap(content);
        assertEquals(50_000, files.write(file, 10, from));
        assertFalse(from.hasRemaining());
        assertEquals(50_013, files.append(file, ByteBuffer.wrap(new byte[] {1, 2, 3})));
        byte[] written = Files.readAllBytes(folder.resolve("d/f"));
        assertEquals(50_013, written.length);
        assertArrayEquals(content, Arrays.copyOfRange(written, 10, 50_010));
        assertEquals("rwxr-x---", permissions("d"));
        assertEquals("rw-r-----", permissions("d/f"));
        files.setAttributes(file, AttributeChange.ofPermissions(0444));
        assertEquals("r--r--r--", permissions("d/f"));
        files.setAttributes(file, AttributeChange.ofTimes(-5_000_000_000L, 5_000_007_000L));
        assertEquals(-5_000_000_000L, files.attributes(file).accessed());
        assertEquals(5_000_007_000L, files.attributes(file).modified());
        files.setAttributes(file, AttributeChange.ofPermissions(0644));
        files.truncate(file, 7);
        assertEquals(7, Files.size(folder.resolve("d/f")));
        files.sync(file, false);
        files.sync(directory, true);
        files.makeSymbolicLink(directory, name("l"), "f".getBytes());
        files.link(file, files.root(), name("g"));
        assertEquals(2, files.attributes(file).links());
        files.rename(directory, name("f"), directory, name("h"));
        assertTrue(Files.exists(folder.resolve("d/h")));
        Fails.with(Errno.EEXIST, () -> files.create(directory, name("h"), 0600));
        Fails.with(Errno.ENOTEMPTY, () -> files.removeDirectory(files.root(), name("d")));
        Fails.with(Errno.EISDIR, () -> files.unlink(files.root(), name("d")));
        Fails.with(Errno.ENOTDIR, () -> files.removeDirectory(directory, name("h")));
        Fails.with(Errno.EPERM, () -> files.link(directory, files.root(), name("x")));
        files.unlink(directory, name("h"));
        files.unlink(directory, name("l"));
        files.removeDirectory(files.root(), name("d"));
        assertFalse(Files.exists(folder.resolve("d")));
    }

    private String permissions(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(path)));
    }

    /** kata-containers#9700: 9p loses files unlinked while open. */
    @Test
    void aFileWithoutANameLivesOn() throws Exception {
        Inode file = files.create(files.root(), name("f"), 0600);
        files.retain(file);
        files.write(file, 0, ByteBuffer.wrap("one".getBytes()));
        files.unlink(files.root(), name("f"));
        Inode other = files.create(files.root(), name("f"), 0600);
        assertEquals(3, files.append(other, ByteBuffer.wrap("TWO".getBytes())));
        assertEquals(6, files.append(file, ByteBuffer.wrap("two".getBytes())));
        assertEquals(0, files.write(file, 6, ByteBuffer.allocate(0)));
        assertEquals("onetwo", new String(read(file, 0, 10)));
        assertEquals(0, files.attributes(file).links());
        assertEquals(6, files.attributes(file).size());
        // The other file is the one that has that name now.
        Fails.with(Errno.ESTALE, () -> files.truncate(file, 1));
        Fails.with(
                Errno.ESTALE, () -> files.setAttributes(file, AttributeChange.ofPermissions(0777)));
        assertEquals("TWO", Files.readString(folder.resolve("f")));
        assertEquals("rw-------", permissions("f"));
        files.release(file);
        Fails.with(Errno.ENOENT, () -> files.retain(file));
    }

    @Test
    void aFileThatIsReplacedLivesOn() throws Exception {
        Inode file = files.create(files.root(), name("f"), 0600);
        files.retain(file);
        files.write(files.create(files.root(), name("g"), 0600), 0, ByteBuffer.wrap(new byte[9]));
        files.rename(files.root(), name("g"), files.root(), name("f"));
        files.write(file, 0, ByteBuffer.wrap("kept".getBytes()));
        assertEquals("kept", new String(read(file, 0, 10)));
        assertEquals(9, Files.size(folder.resolve("f")));
        files.release(file);
    }

    @Test
    void anOpenFileIsTheSameByAnotherName() throws Exception {
        Inode directory = files.makeDirectory(files.root(), name("d"), 0700);
        Inode file = files.create(directory, name("f"), 0600);
        files.retain(file);
        files.rename(files.root(), name("d"), files.root(), name("e"));
        files.write(file, 0, ByteBuffer.wrap("text".getBytes()));
        files.truncate(file, 2);
        files.setAttributes(file, AttributeChange.ofPermissions(0611));
        assertEquals("te", Files.readString(folder.resolve("e/f")));
        assertEquals("rw---x--x", permissions("e/f"));
        files.release(file);
    }

    @Test
    void directoriesAreListedWhole() throws Exception {
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String each = "n" + "x".repeat(i % 200) + i;
            Files.createFile(folder.resolve(each));
            expected.add(each);
        }
        Inode root = files.root();
        files.retain(root);
        Set<String> found = new HashSet<>();
        long cookie = DirectoryEntry.START;
        long other = DirectoryEntry.START;
        for (DirectoryEntry entry = files.nextEntry(root, cookie); entry != null; ) {
            assertTrue(found.add(entry.name().toString()), entry.name().toString());
            cookie = entry.cookie();
            // Somebody else lists it as well, and is not as far.
            if (found.size() % 3 == 0) {
                other = files.nextEntry(root, other).cookie();
            }
            entry = files.nextEntry(root, cookie);
        }
        assertEquals(expected, found);
        files.release(root);
    }

    /** Whoever has it open meanwhile, and wherever the server's messages begin then. */
    @Test
    void aDirectoryThatIsListedAgainIsAsItIsNow() throws Exception {
        for (int i = 0; i < 400; i++) {
            Files.createFile(folder.resolve("n" + "x".repeat(i % 10 == 0 ? 200 : 20) + i));
        }
        Inode root = files.root();
        files.retain(root);
        List<String> expected = list(root);
        for (int i = expected.size() - 1; i >= 0; i -= 3) {
            files.unlink(root, name(expected.remove(i)));
        }
        assertEquals(expected, list(root));
        files.release(root);
    }

    private List<String> list(Inode directory) throws FileException {
        List<String> found = new ArrayList<>();
        DirectoryEntry entry = files.nextEntry(directory, DirectoryEntry.START);
        while (entry != null) {
            found.add(entry.name().toString());
            entry = files.nextEntry(directory, entry.cookie());
        }
        return found;
    }

    /** The last who has it open lets go of it just when another one takes its name. */
    @Test
    void aFileThatIsClosedWhileItsNameIsTakenIsNotLeftOpen() throws Exception {
        int[] questions = {0};
        Inode[] open = {null};
        UnaryOperator<byte[]> closing =
                request -> {
                    boolean isQuestion = request[4] == MessageType.GETATTR && open[0] != null;
                    if (isQuestion && ++questions[0] == 2) {
                        files.release(open[0]);
                    }
                    return server.answer(request);
                };
        files =
                FolderFileSystem.mount(
                        new Ninep(),
                        () -> new ServerTransport(closing, MESSAGE),
                        Patience.USUAL,
                        false,
                        problem -> {});
        Inode file = files.create(files.root(), name("f"), 0600);
        files.retain(file);
        open[0] = file;
        files.unlink(files.root(), name("f"));
        assertTrue(questions[0] >= 2, "it was closed");
        files.unmount();
        assertEquals(1, server.fids());
    }

    /** However many are looked at, and however deep they are. */
    @Test
    void fidsAreBoundedAndGivenBack() throws Exception {
        String deep = "d/".repeat(40);
        Files.createDirectories(folder.resolve(deep));
        for (int i = 0; i < 500; i++) {
            Files.createFile(folder.resolve(deep + i));
        }
        Inode first = find(deep + 0);
        for (int i = 0; i < 500; i++) {
            files.attributes(find(deep + i));
        }
        assertTrue(server.fids() <= 130, "fids " + server.fids());
        // Its own fid was given back long ago, and those of all directories above it.
        assertEquals(0, files.attributes(first).size());
        Files.delete(folder.resolve(deep + 0));
        for (int i = 1; i < 500; i++) {
            files.attributes(find(deep + i));
        }
        Fails.with(Errno.ENOENT, () -> files.attributes(first));
        files.unmount();
        assertEquals(1, server.fids());
        assertEquals(1, files.handles());
        Fails.with(Errno.EROFS, () -> files.create(files.root(), name("x"), 0600));
    }

    @Test
    void whatIsReadOnlyIsNotChanged() throws Exception {
        Files.writeString(folder.resolve("f"), "text");
        server = new FolderServer(folder, MESSAGE, true, null);
        FolderFileSystem mounted =
                FolderFileSystem.mount(
                        new Ninep(), this::connect, Patience.USUAL, false, problem -> {});
        Inode file = mounted.lookup(mounted.root(), name("f"));
        Fails.with(Errno.EROFS, () -> mounted.create(mounted.root(), name("x"), 0600));
        Fails.with(Errno.EROFS, () -> mounted.write(file, 0, ByteBuffer.allocate(1)));
        Fails.with(Errno.EROFS, () -> mounted.truncate(file, 0));
        Fails.with(Errno.EROFS, () -> mounted.unlink(mounted.root(), name("f")));
        assertEquals(4, mounted.read(file, 0, ByteBuffer.allocate(9)));
    }

    /** A server that was lost is asked anew, and open files are found again. */
    @Test
    void openFilesOutliveTheConnection() throws Exception {
        Inode file = files.create(files.root(), name("f"), 0600);
        files.retain(file);
        files.write(file, 0, ByteBuffer.wrap("text".getBytes()));
        transport.fail("a test");
        assertEquals("text", new String(read(file, 0, 10)));
        assertEquals(2, restarts);
        files.append(file, ByteBuffer.wrap("more".getBytes()));
        transport.fail("again");
        Files.delete(folder.resolve("f"));
        Files.writeString(folder.resolve("f"), "another one");
        FileException e = assertThrows(FileException.class, () -> read(file, 0, 10));
        assertTrue(e.errno() == Errno.ENOENT || e.errno() == Errno.ESTALE, e.toString());
        files.release(file);
        assertEquals("another one", new String(read(find("f"), 0, 20)));
    }
}
