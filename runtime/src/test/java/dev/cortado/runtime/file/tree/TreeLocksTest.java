package dev.cortado.runtime.file.tree;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.tmpfs.TmpFileSystem;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Locks of what is open in a tree. */
class TreeLocksTest {
    private static final int CREATE = OpenFlags.CREATE | OpenFlags.READ_WRITE;

    private final FileTree tree = new FileTree(new TmpFileSystem(1 << 20, 10_000, () -> 0), 022);

    private OpenFile open(String text, int flags) throws FileException {
        return tree.open(null, text.getBytes(StandardCharsets.UTF_8), flags, 0666);
    }

    @BeforeEach
    void makeDirectory() throws FileException {
        tree.makeDirectory(null, "/tmp".getBytes(StandardCharsets.UTF_8), 0777);
    }

    @Test
    void oneProgramGetsAllLocksItMayHave() throws FileException {
        OpenFile file = open("/tmp/a", CREATE);
        OpenFile reader = open("/tmp/a", OpenFlags.READ_ONLY);
        OpenFile writer = open("/tmp/a", OpenFlags.WRITE_ONLY);
        assertTrue(file.lock(0, 10, true, false));
        assertTrue(reader.lock(5, 10, false, true));
        assertTrue(writer.lock(0, 0, true, true));
        Fails.with(Errno.EBADF, () -> reader.lock(0, 1, true, false));
        Fails.with(Errno.EBADF, () -> writer.lock(0, 1, false, false));
        Fails.with(Errno.EINVAL, () -> file.lock(-1, 1, true, false));
        file.unlock(0, 5);
        file.close();
        reader.close();
        assertFalse(writer.isClosed());
        writer.close();
        Fails.with(Errno.EBADF, () -> writer.lock(0, 1, true, false));
    }

    /** As Linux does, fcntl_locking(2): it asks nobody what kind of file it is. */
    @Test
    void directoriesAreLockedAsFilesAre() throws FileException {
        OpenFile directory = open("/tmp", OpenFlags.READ_ONLY | OpenFlags.DIRECTORY);
        assertTrue(directory.lock(0, 0, false, true));
        Fails.with(Errno.EBADF, () -> directory.lock(0, 1, true, false));
        directory.unlock(0, 0);
        directory.close();
        Fails.with(Errno.EBADF, () -> directory.lock(0, 0, false, false));
    }
}
