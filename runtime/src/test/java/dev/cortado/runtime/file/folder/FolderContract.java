package dev.cortado.runtime.file.folder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.FileSystemStatistics;
import dev.cortado.runtime.file.Inode;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a folder has to do by way of a server that others have written. */
@Timeout(60)
public abstract class FolderContract {
    @TempDir Path folder;

    private FolderFileSystem files;

    protected final Path folder() {
        return folder;
    }

    protected abstract Protocol protocol();

    /** One of a folder, for one test. */
    protected abstract Server serve(Path shared) throws Exception;

    /** Whether it knows renameat and unlinkat. */
    protected boolean movesNames() {
        return true;
    }

    /** Whether the server finds an open file by its name where something of it is changed. */
    protected boolean needsNames() {
        return true;
    }

    @BeforeEach
    void mount() throws Exception {
        folder = folder.toRealPath();
        files =
                FolderFileSystem.mount(
                        protocol(), serve(folder), Patience.USUAL, false, problem -> {});
    }

    private static FileName name(String text) throws Exception {
        return FileName.of(text);
    }

    @Test
    void filesAreWrittenAndRead() throws Exception {
        Inode directory = files.makeDirectory(files.root(), name("d"), 0750);
        Inode file = files.create(directory, name("f"), 0640);
        byte[] content = new byte[300_000];
        new Random(1).nextBytes(content);
        assertEquals(content.length, files.write(file, 0, ByteBuffer.wrap(content)));
        assertEquals(content.length + 4, files.append(file, ByteBuffer.wrap("more".getBytes())));
        assertEquals(content.length + 4, Files.size(folder.resolve("d/f")));
        ByteBuffer to = ByteBuffer.allocate(content.length);
        assertEquals(content.length, files.read(file, 0, to));
        assertArrayEquals(content, to.array());
        files.sync(file, false);
        files.truncate(file, 3);
        assertEquals(3, Files.size(folder.resolve("d/f")));
        files.link(file, files.root(), name("g"));
        files.makeSymbolicLink(directory, name("l"), "../g".getBytes());
        assertEquals(Path.of("../g"), Files.readSymbolicLink(folder.resolve("d/l")));
        assertEquals("../g", new String(files.readLink(files.lookup(directory, name("l")))));
        assertEquals(2, Files.getAttribute(folder.resolve("g"), "unix:nlink"));
        Fails.with(Errno.ENOENT, () -> files.lookup(directory, name("x")));
        Fails.with(Errno.EEXIST, () -> files.create(files.root(), name("g"), 0600));
    }

    @Test
    void attributesAreTheHosts() throws Exception {
        Path path = Files.write(folder.resolve("f"), new byte[5000]);
        Inode file = files.lookup(files.root(), name("f"));
        files.setAttributes(file, AttributeChange.ofPermissions(0604));
        files.setAttributes(file, AttributeChange.ofTimes(1_000_000_000_123_456_000L, 7_000L));
        assertEquals(
                "rw----r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        assertEquals(
                FileTime.from(Instant.ofEpochSecond(0, 7_000)), Files.getLastModifiedTime(path));
        Attributes attributes = files.attributes(file);
        assertEquals(1_000_000_000_123_456_000L, attributes.accessed());
        assertEquals(7_000L, attributes.modified());
        assertEquals(0604, attributes.permissions());
        assertEquals(5000, attributes.size());
        assertEquals(file.number(), attributes.inode());
        assertEquals(Files.getAttribute(path, "unix:uid"), attributes.owner());
        FileSystemStatistics statistics = files.statistics();
        assertEquals(
                Files.getFileStore(folder).getTotalSpace(),
                statistics.blocks() * statistics.blockBytes(),
                1 << 20);
        assertEquals(255, statistics.nameBytes());
    }

    @Test
    void directoriesAreListedWhole() throws Exception {
        Set<String> expected = new TreeSet<>();
        for (int i = 0; i < 3000; i++) {
            String each = "a file with a name " + i;
            Files.createFile(folder.resolve(each));
            expected.add(each);
        }
        Set<String> found = new TreeSet<>();
        Inode root = files.root();
        files.retain(root);
        DirectoryEntry entry = files.nextEntry(root, DirectoryEntry.START);
        while (entry != null) {
            assertTrue(found.add(entry.name().toString()), entry.name().toString());
            entry = files.nextEntry(root, entry.cookie());
        }
        files.release(root);
        assertEquals(expected, found);
    }

    @Test
    void aFileWithoutANameLivesOn() throws Exception {
        Inode file = files.create(files.root(), name("f"), 0600);
        files.retain(file);
        files.write(file, 0, ByteBuffer.wrap("text".getBytes()));
        Files.delete(folder.resolve("f"));
        files.append(file, ByteBuffer.wrap("more".getBytes()));
        ByteBuffer to = ByteBuffer.allocate(20);
        assertEquals(8, files.read(file, 0, to));
        assertEquals(8, files.attributes(file).size());
        files.release(file);
    }

    @Test
    void namesAreMovedAndTakenWhileFilesAreOpen() throws Exception {
        Assumptions.assumeTrue(movesNames(), "it has other requests for that");
        Inode directory = files.makeDirectory(files.root(), name("d"), 0700);
        Inode file = files.create(directory, name("f"), 0600);
        files.retain(file);
        files.rename(files.root(), name("d"), files.root(), name("e"));
        files.write(file, 0, ByteBuffer.wrap("text".getBytes()));
        files.truncate(file, 3);
        assertEquals("tex", Files.readString(folder.resolve("e/f")));
        files.unlink(directory(), name("f"));
        assertEquals(0, files.attributes(file).links());
        Files.writeString(folder.resolve("e/f"), "another one");
        files.append(file, ByteBuffer.wrap("more".getBytes()));
        if (needsNames()) {
            AttributeChange none = AttributeChange.ofPermissions(0);
            Fails.with(Errno.ESTALE, () -> files.truncate(file, 0));
            Fails.with(Errno.ESTALE, () -> files.setAttributes(file, none));
        } else {
            files.truncate(file, 9);
            files.truncate(file, 7);
        }
        assertEquals(7, files.read(file, 0, ByteBuffer.allocate(20)));
        assertEquals(7, files.attributes(file).size());
        files.release(file);
        assertEquals("another one", Files.readString(folder.resolve("e/f")));
        Fails.with(Errno.ENOTEMPTY, () -> files.removeDirectory(files.root(), name("e")));
    }

    private Inode directory() throws Exception {
        return files.lookup(files.root(), name("e"));
    }

    @Test
    void extendedAttributesAreTheHosts() throws Exception {
        Path path = Files.createFile(folder.resolve("f"));
        Inode file = files.lookup(files.root(), name("f"));
        byte[] name = "user.kind".getBytes();
        Fails.with(Errno.ENODATA, () -> files.extendedAttribute(file, name));
        files.setExtendedAttribute(file, name, "test".getBytes());
        assertArrayEquals("test".getBytes(), files.extendedAttribute(file, name));
        assertArrayEquals("test".getBytes(), (byte[]) Files.getAttribute(path, "user:kind"));
        assertArrayEquals(new byte[][] {name}, files.extendedAttributes(file));
        files.setExtendedAttribute(file, name, null);
        assertEquals(0, files.extendedAttributes(file).length);
        Fails.with(Errno.ENODATA, () -> files.setExtendedAttribute(file, name, null));
    }
}
