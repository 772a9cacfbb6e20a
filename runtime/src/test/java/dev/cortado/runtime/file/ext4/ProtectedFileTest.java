package dev.cortado.runtime.file.ext4;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.Within;
import dev.cortado.runtime.file.ext4.make.E2fsprogs;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What chattr(1) keeps from being changed, from root as well. */
final class ProtectedFileTest {
    private static final String IMMUTABLE = "0x80010";
    private static final String APPEND_ONLY = "0x80020";

    @TempDir Path directory;

    private Ext4Image image;
    private Ext4FileSystem mounted;
    private Inode root;

    private static FileName name(String text) throws Exception {
        return FileName.of(text);
    }

    @BeforeEach
    void make() throws Exception {
        image = Ext4Image.make(directory, Format.DEFAULT, 4096);
        Ext4FileSystem first = image.mount();
        for (String text : new String[] {"d", "other"}) {
            Inode in = first.makeDirectory(first.root(), name(text), 0700);
            first.write(first.create(in, name("file"), 0600), 0, ByteBuffer.allocate(100));
        }
        first.unmount();
    }

    private void protect(String path, String flags) throws Exception {
        String command = "set_inode_field " + path + " flags " + flags;
        E2fsprogs.output("debugfs", "-w", "-R", command, image.save());
        image.load();
        mounted = image.mount();
        root = mounted.root();
    }

    private Inode in(String path) throws Exception {
        return mounted.lookup(root, name(path));
    }

    private Inode file() throws Exception {
        return mounted.lookup(in("d"), name("file"));
    }

    private void assertNameStays() throws Exception {
        Inode in = in("d");
        Inode other = in("other");
        Fails.with(Errno.EPERM, () -> mounted.unlink(in, name("file")));
        Fails.with(Errno.EPERM, () -> mounted.rename(in, name("file"), in, name("more")));
        Fails.with(Errno.EPERM, () -> mounted.rename(other, name("file"), in, name("file")));
    }

    @Test
    void immutableFile() throws Exception {
        protect("/d/file", IMMUTABLE);
        assertNameStays();
        Inode file = file();
        Fails.with(Errno.EPERM, () -> mounted.link(file, root, name("more")));
        Fails.with(Errno.EPERM, () -> mounted.append(file, ByteBuffer.allocate(1)));
        Fails.with(Errno.EPERM, () -> mounted.truncate(file, 200));
        mounted.create(in("d"), name("more"), 0600);
    }

    @Test
    void fileThatIsOnlyAddedTo() throws Exception {
        protect("/d/file", APPEND_ONLY);
        assertNameStays();
        Inode file = file();
        Fails.with(Errno.EPERM, () -> mounted.link(file, root, name("more")));
        Fails.with(Errno.EPERM, () -> mounted.write(file, 99, ByteBuffer.allocate(10)));
        Fails.with(Errno.EPERM, () -> mounted.truncate(file, 0));
        Fails.with(
                Errno.EPERM,
                () -> mounted.setExtendedAttribute(file, "user.a".getBytes(), new byte[1]));
        assertEquals(110, mounted.append(file, ByteBuffer.allocate(10)));
        assertEquals(5, mounted.write(file, 110, ByteBuffer.allocate(5)));
    }

    /** Who writes past the cache reads the flags when nobody changes metadata, as all others do. */
    @Test
    void flagsAreReadWithTheFileSystemsLock() throws Exception {
        protect("/d/file", IMMUTABLE);
        Ext4Inode file = (Ext4Inode) file();
        List<Within.Running<Integer>> writers = new ArrayList<>();
        file.volume()
                .locked(() ->
                        writers.add(
                                Within.start(
                                                false,
                                                () ->
                                                        mounted.writeDirect(
                                                                file, 0, ByteBuffer.allocate(4096)))
                                        .awaitWaiting()));
        Fails.with(Errno.EPERM, () -> writers.getFirst().end());
    }

    @Test
    void immutableDirectory() throws Exception {
        protect("/d", IMMUTABLE);
        assertNameStays();
        Inode in = in("d");
        Inode other = mounted.lookup(in("other"), name("file"));
        Fails.with(Errno.EPERM, () -> mounted.create(in, name("more"), 0600));
        Fails.with(Errno.EPERM, () -> mounted.makeDirectory(in, name("more"), 0700));
        Fails.with(Errno.EPERM, () -> mounted.link(other, in, name("more")));
        Fails.with(Errno.EPERM, () -> mounted.rename(in("other"), name("file"), in, name("more")));
        Fails.with(Errno.EPERM, () -> mounted.removeDirectory(root, name("d")));
        Fails.with(Errno.EPERM, () -> mounted.rename(root, name("d"), root, name("e")));
        mounted.write(file(), 0, ByteBuffer.allocate(10));
    }

    @Test
    void directoryThatIsOnlyAddedTo() throws Exception {
        protect("/d", APPEND_ONLY);
        assertNameStays();
        mounted.create(in("d"), name("more"), 0600);
        mounted.rename(in("other"), name("file"), in("d"), name("another"));
    }
}
