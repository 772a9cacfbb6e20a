package dev.cortado.runtime.file.ninep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
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
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The host gives what the guest has open another name, and its name to something else. The server
 * knows a handle by the name that it was found by.
 */
@EnabledOnOs(OS.LINUX)
final class MovedByHostTest {
    private static final int MESSAGE = 8192;

    @TempDir Path folder;

    private FolderFileSystem files;
    private ServerTransport transport;

    @BeforeEach
    void mount() throws Exception {
        FolderServer server = new FolderServer(folder, MESSAGE, false, null);
        files =
                FolderFileSystem.mount(
                        new Ninep(), () -> connect(server), Patience.USUAL, false, problem -> {});
        make("conf", "old");
    }

    private Transport connect(FolderServer server) {
        transport = new ServerTransport(server::answer, 3 * MESSAGE);
        return transport;
    }

    /** A directory with files a and b. */
    private void make(String name, String text) throws IOException {
        Path directory = Files.createDirectory(folder.resolve(name));
        for (String each : List.of("a", "b")) {
            Files.writeString(directory.resolve(each), text);
        }
    }

    private void move(String from, String to) throws IOException {
        Files.move(folder.resolve(from), folder.resolve(to));
    }

    private boolean exists(String path) {
        return Files.exists(folder.resolve(path));
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

    private Inode retained(String path) throws FileException {
        Inode inode = find(path);
        files.retain(inode);
        return inode;
    }

    private String text(Inode file) throws FileException {
        ByteBuffer to = ByteBuffer.allocate(100);
        return new String(to.array(), 0, files.read(file, 0, to));
    }

    private int entries(Inode directory) throws FileException {
        int count = 0;
        files.retain(directory);
        DirectoryEntry entry = files.nextEntry(directory, DirectoryEntry.START);
        for (; entry != null; entry = files.nextEntry(directory, entry.cookie())) {
            count++;
        }
        files.release(directory);
        return count;
    }

    @Test
    void whatIsChangedIsInTheDirectoryThatWasFound() throws Exception {
        Inode open = retained("conf");
        move("conf", "conf.old");
        make("conf", "new");
        assertEquals("old", text(find("conf.old/a")));
        assertEquals("new", text(find("conf/a")));
        files.unlink(find("conf.old"), name("a"));
        files.create(find("conf.old"), name("c"), 0600);
        files.makeDirectory(find("conf.old"), name("d"), 0700);
        files.makeSymbolicLink(find("conf.old"), name("l"), new byte[] {'x'});
        files.link(find("conf/b"), find("conf.old"), name("linked"));
        files.rename(find("conf.old"), name("b"), find("conf.old"), name("moved"));
        assertEquals(2, entries(find("conf")));
        assertEquals(
                List.of(false, true, true, true, true),
                List.of(
                        exists("conf.old/a"),
                        exists("conf.old/c"),
                        exists("conf.old/d"),
                        exists("conf.old/linked"),
                        exists("conf.old/moved")));
        assertEquals(2, files.attributes(find("conf/b")).links());
        assertEquals("new", Files.readString(folder.resolve("conf/a")));
        files.release(open);
    }

    /** Where nobody has found it by its name, it is not what has come in its place. */
    @Test
    void nothingIsChangedInWhatHasComeInItsPlace() throws Exception {
        Inode open = retained("conf");
        move("conf", "conf.old");
        make("conf", "new");
        Fails.with(Errno.ESTALE, () -> files.lookup(open, name("a")));
        Fails.with(Errno.ESTALE, () -> files.unlink(open, name("a")));
        Fails.with(Errno.ESTALE, () -> files.create(open, name("c"), 0600));
        Fails.with(Errno.ESTALE, () -> files.rename(open, name("a"), find("conf"), name("b")));
        Fails.with(Errno.ESTALE, () -> files.extendedAttribute(open, new byte[] {'x'}));
        assertEquals("new", Files.readString(folder.resolve("conf/b")));
        files.release(retained("conf.old"));
        assertEquals("old", text(files.lookup(open, name("a"))));
        files.unlink(open, name("a"));
        files.create(open, name("c"), 0600);
        assertTrue(exists("conf/a") && exists("conf.old/c"));
        assertFalse(exists("conf/c") || exists("conf.old/a"));
        files.release(open);
    }

    @Test
    void whatIsOpenIsFoundByItsNewNameWhenTheServerWasLost() throws Exception {
        Inode open = retained("conf");
        Inode file = retained("conf/a");
        move("conf", "conf.old");
        transport.fail("a test");
        assertEquals("old", text(find("conf.old/b")));
        assertEquals(2, entries(find("conf.old")));
        assertEquals(2, entries(open));
        assertEquals("old", text(find("conf.old/a")));
        assertEquals("old", text(file));
        files.unlink(open, name("b"));
        assertFalse(exists("conf.old/b"));
        Fails.with(Errno.ENOENT, () -> find("conf"));
        files.release(open);
        files.release(file);
    }

    @Test
    void aFileThatIsOpenIsUsedByItsNewName() throws Exception {
        Inode open = retained("conf/a");
        move("conf/a", "moved");
        Files.writeString(folder.resolve("conf/a"), "another");
        Inode moved = find("moved");
        assertEquals(1, files.attributes(moved).links());
        assertEquals(3, files.write(moved, 0, ByteBuffer.wrap("new".getBytes())));
        files.truncate(moved, 2);
        files.setAttributes(moved, AttributeChange.ofPermissions(0640));
        assertEquals("ne", Files.readString(folder.resolve("moved")));
        assertEquals(0640, files.attributes(open).permissions());
        assertEquals("another", Files.readString(folder.resolve("conf/a")));
        files.release(open);
        assertEquals("ne", text(moved));
    }

    /** The handles that a server has given are given back, whichever way was gone. */
    @Test
    void noHandleIsLeft() throws Exception {
        int before = files.handles();
        move("conf", "conf0");
        Inode open = retained("conf0");
        for (int i = 0; i < 5; i++) {
            move("conf" + i, "conf" + (i + 1));
            Inode moved = retained("conf" + (i + 1));
            files.create(open, name("c" + i), 0600);
            assertTrue(exists("conf" + (i + 1) + "/c" + i));
            files.release(moved);
        }
        files.release(open);
        files.unmount();
        assertEquals(before, files.handles());
    }
}
