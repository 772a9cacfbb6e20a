package dev.cortado.runtime.file.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.tmpfs.TmpFileSystem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileTreeTest {
    private static final int CREATE = OpenFlags.CREATE | OpenFlags.READ_WRITE;
    private static final byte[] CONTENT = "contents".getBytes(StandardCharsets.US_ASCII);

    private final TmpFileSystem tmp = tmpfs();
    private FileTree tree;

    private static TmpFileSystem tmpfs() {
        return new TmpFileSystem(1 << 20, 10_000, () -> 0);
    }

    /** With the names in it all that it has room for. */
    private static FileSystem readOnly() throws FileException {
        TmpFileSystem files = new TmpFileSystem(1 << 20, 3, () -> 0);
        files.makeDirectory(files.root(), FileName.of("tmp"), 0755);
        Inode etc = files.makeDirectory(files.root(), FileName.of("etc"), 0755);
        files.append(files.create(etc, FileName.of("hosts"), 0444), ByteBuffer.wrap(CONTENT));
        return ReadOnlyFiles.of(files);
    }

    /** A root that cannot be changed, with tmpfs at /tmp and another one in it, at /tmp/inner. */
    @BeforeEach
    void mount() throws Exception {
        tree = new FileTree(readOnly(), 022);
        tree.mount(path("/tmp"), tmp, false);
        tree.makeDirectory(null, path("/tmp/inner"), 0777);
        tree.mount(path("tmp/inner/"), tmpfs(), false);
    }

    private static byte[] path(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private OpenFile open(String text, int flags) throws FileException {
        return tree.open(null, path(text), flags, 0666);
    }

    private void touch(String text) throws FileException {
        open(text, CREATE).close();
    }

    private long inode(String text) throws FileException {
        return tree.attributes(null, path(text), true).inode();
    }

    private String real(String text) throws FileException {
        return new String(tree.realPath(path(text)), StandardCharsets.UTF_8);
    }

    @Test
    void walksIntoMountsAndOutOfThem() throws FileException {
        touch("/tmp/a");
        touch("/tmp/inner/b");
        assertEquals(inode("/tmp/a"), inode("/tmp/inner/../a"));
        assertEquals(inode("/etc/hosts"), inode("/tmp/inner/../../etc/hosts"));
        assertEquals(inode("/"), inode("/../tmp/inner/../../.."));
        assertNotEquals(
                tree.attributes(null, path("/tmp"), true).device(),
                tree.attributes(null, path("/tmp/inner"), true).device());
        tree.makeSymbolicLink(path("../inner/../../etc"), null, path("/tmp/l"));
        Fails.with(Errno.ENOENT, () -> real("/tmp/l/../x"));
        tree.makeSymbolicLink(path("inner/../../etc"), null, path("/tmp/m"));
        assertEquals("/etc/hosts", real("tmp//m/./hosts"));
        assertEquals("/tmp/inner", real("/tmp/inner/."));
        assertEquals("/tmp", real("/tmp/inner/.."));
        assertEquals("/", real("/tmp/inner/../.."));
        assertEquals("/", real("////"));
    }

    @Test
    void errorsSayWhichPath() {
        FileException e = Fails.with(Errno.ENOENT, () -> open("/tmp/é", OpenFlags.READ_ONLY));
        assertEquals("/tmp/é: No such file or directory", e.getMessage());
        byte[] endless = new byte[1_000_000];
        e = Fails.with(Errno.ENAMETOOLONG, () -> tree.unlink(null, endless));
        assertTrue(e.path().endsWith("... (1000000 bytes)") && e.path().length() < 300);
        e =
                Fails.with(
                        Errno.EXDEV,
                        () -> tree.rename(null, path("/etc/hosts"), null, path("/tmp/x")));
        assertEquals("/etc/hosts", e.path());
        Fails.with(Errno.ENOTDIR, () -> tree.mount(path("/etc/hosts"), tmpfs(), true));
    }

    @Test
    void tellsWhatIsMounted() {
        StringBuilder told = new StringBuilder();
        for (MountEntry entry : tree.mounts()) {
            told.append(new String(entry.path(), StandardCharsets.UTF_8));
            told.append(' ').append(entry.type()).append(entry.readOnly() ? " ro\n" : " rw\n");
        }
        assertEquals("/ tmpfs ro\n/tmp tmpfs rw\n/tmp/inner tmpfs rw\n", told.toString());
    }

    @Test
    void refusesToLinkAndRenameAcrossMounts() throws FileException {
        touch("/tmp/a");
        byte[] a = path("/tmp/a");
        byte[] b = path("/tmp/inner/b");
        Fails.with(Errno.EXDEV, () -> tree.rename(null, a, null, b));
        Fails.with(Errno.EXDEV, () -> tree.link(null, a, null, b));
        Fails.with(Errno.EXDEV, () -> tree.rename(null, path("/etc/hosts"), null, b));
    }

    @Test
    void mountPointsAreBusy() throws FileException {
        byte[] inner = path("/tmp/inner");
        tree.makeDirectory(null, path("/tmp/d"), 0777);
        Fails.with(Errno.EBUSY, () -> tree.removeDirectory(null, inner));
        Fails.with(Errno.EBUSY, () -> tree.rename(null, inner, null, path("/tmp/x")));
        Fails.with(Errno.EBUSY, () -> tree.rename(null, path("/tmp/d"), null, inner));
        Fails.with(Errno.EISDIR, () -> tree.unlink(null, inner));
        Fails.with(Errno.EBUSY, () -> tree.mount(inner, tmpfs(), false));
        Fails.with(Errno.EBUSY, () -> tree.mount(path("/"), tmpfs(), false));
        touch("/tmp/a");
        Fails.with(Errno.ENOTDIR, () -> tree.mount(path("/tmp/a"), tmpfs(), false));
    }

    /** What comes first where nothing can be changed: EEXIST for what is there, else EROFS. */
    @Test
    void aReadOnlyRootRefusesAllChanges() throws FileException {
        byte[] hosts = path("/etc/hosts");
        byte[] other = path("/etc/x");
        OpenFile file = open("/etc/hosts", OpenFlags.READ_ONLY);
        Fails.with(Errno.EROFS, () -> open("/etc/hosts", OpenFlags.READ_WRITE));
        Fails.with(Errno.EROFS, () -> open("/etc/hosts", OpenFlags.TRUNCATE));
        Fails.with(Errno.EROFS, () -> open("/etc/x", CREATE));
        open("/etc/hosts", OpenFlags.CREATE).close();
        Fails.with(Errno.EEXIST, () -> open("/etc/hosts", CREATE | OpenFlags.EXCLUSIVE));
        Fails.with(Errno.EISDIR, () -> open("/etc", OpenFlags.READ_WRITE));
        Fails.with(Errno.EROFS, () -> tree.makeDirectory(null, other, 0));
        Fails.with(Errno.EEXIST, () -> tree.makeDirectory(null, hosts, 0));
        Fails.with(Errno.EROFS, () -> tree.makeSymbolicLink(hosts, null, other));
        Fails.with(Errno.EROFS, () -> tree.link(null, hosts, null, other));
        Fails.with(Errno.EROFS, () -> tree.unlink(null, other));
        Fails.with(Errno.EROFS, () -> tree.removeDirectory(null, path("/etc")));
        Fails.with(Errno.EROFS, () -> tree.rename(null, hosts, null, other));
        Fails.with(Errno.EROFS, () -> tree.truncate(null, hosts, 0));
        AttributeChange change = AttributeChange.ofPermissions(0);
        Fails.with(Errno.EROFS, () -> tree.setAttributes(null, hosts, true, change));
        Fails.with(Errno.EROFS, () -> file.setAttributes(change));
        Fails.with(Errno.EROFS, () -> tree.access(null, hosts, FileTree.MAY_WRITE));
        Fails.with(Errno.EACCES, () -> tree.access(null, hosts, FileTree.MAY_EXECUTE));
        tree.access(null, hosts, FileTree.MAY_READ);
        Fails.with(Errno.EBADF, () -> file.write(ByteBuffer.allocate(1)));
        Fails.with(Errno.EINVAL, () -> file.truncate(0));
        ByteBuffer read = ByteBuffer.allocate(100);
        file.seek(3);
        assertEquals(5, file.read(read));
        assertEquals("tents", StandardCharsets.US_ASCII.decode(read.flip()).toString());
        assertEquals(OpenFile.END, file.read(read.clear()));
    }

    /** What is written to them is not the file system's (Linux, special_file). */
    @ParameterizedTest
    @EnumSource
    void onAReadOnlyMountDevicesPipesAndSocketsMayBeWritten(FileKind kind) throws FileException {
        FileSystem files = new TmpFileSystem(1 << 20, 1, () -> 0);
        FileTree readOnly = new FileTree(ReadOnlyFiles.of(ReadOnlyFiles.finding(files, kind)), 0);
        switch (kind) {
            case REGULAR, DIRECTORY ->
                    Fails.with(
                            Errno.EROFS,
                            () -> readOnly.access(null, path("/a"), FileTree.MAY_WRITE));
            case PIPE, SOCKET, CHARACTER_DEVICE, BLOCK_DEVICE ->
                    readOnly.access(null, path("/a"), FileTree.MAY_WRITE);
            case SYMBOLIC_LINK -> {} // it is where it leads to that counts
        }
    }

    @Test
    void aMountCanBeReadOnlyOfItself() throws FileException {
        FileSystem shared = tmp;
        tree.makeDirectory(null, path("/tmp/ro"), 0777);
        touch("/tmp/a");
        tree.mount(path("/tmp/ro"), shared, true);
        Fails.with(Errno.EROFS, () -> open("/tmp/ro/b", CREATE));
        Fails.with(Errno.EROFS, () -> open("/tmp/ro/a", OpenFlags.WRITE_ONLY));
        assertEquals(inode("/tmp/a"), inode("/tmp/ro/a"));
        open("/tmp/a", OpenFlags.WRITE_ONLY).close();
    }

    /** Linux follows forty links and not one more (path_resolution(7)). */
    @Test
    void followsFortyLinks() throws FileException {
        touch("/tmp/l0");
        for (int i = 1; i <= 41; i++) {
            tree.makeSymbolicLink(path("l" + (i - 1)), null, path("/tmp/l" + i));
        }
        assertEquals(inode("/tmp/l0"), inode("/tmp/l40"));
        Fails.with(Errno.ELOOP, () -> inode("/tmp/l41"));
        Fails.with(Errno.ELOOP, () -> open("/tmp/l41", CREATE));
        tree.makeSymbolicLink(path("loop/loop"), null, path("/tmp/loop"));
        Fails.with(Errno.ELOOP, () -> inode("/tmp/loop"));
        tree.makeSymbolicLink(path("/tmp"), null, path("/tmp/t"));
        assertEquals(inode("/tmp/l0"), inode("/tmp" + "/t".repeat(40) + "/l0"));
        Fails.with(Errno.ELOOP, () -> inode("/tmp" + "/t".repeat(41) + "/l0"));
    }

    @Test
    void refusesHostilePaths() throws FileException {
        Fails.with(Errno.ENOENT, () -> inode(""));
        Fails.with(Errno.ENAMETOOLONG, () -> inode("/".repeat(1_000_000)));
        Fails.with(Errno.ENAMETOOLONG, () -> touch("a".repeat(1_000_000)));
        Fails.with(Errno.ENAMETOOLONG, () -> touch("/tmp/" + "a".repeat(256)));
        Fails.with(Errno.EINVAL, () -> touch("/tmp/a\0b"));
        Fails.with(Errno.EINVAL, () -> inode("/tmp\0/a"));
        assertEquals(inode("/tmp"), inode("/".repeat(4091) + "tmp/"));
        assertEquals(inode("/tmp"), inode("/tmp" + "/.".repeat(2045)));
        byte[] long4095 = path("/tmp/" + "x/".repeat(2045));
        assertEquals(4095, long4095.length);
        Fails.with(Errno.ENOENT, () -> tree.attributes(null, long4095, true));
        Fails.with(
                Errno.ENAMETOOLONG,
                () -> tree.makeSymbolicLink(new byte[4096], null, path("/tmp/l")));
        Fails.with(Errno.ENOENT, () -> tree.makeSymbolicLink(new byte[0], null, path("/tmp/l")));
        touch("/tmp/" + "é".repeat(127));
    }

    /**
     * realpath(3) of glibc asks for parts first; rw_verify_area of Linux for sums that overflow.
     */
    @Test
    void whatIsTooFarIsRefused() throws FileException {
        Fails.with(Errno.ENOENT, () -> real("/none/" + "./".repeat(2100)));
        Fails.with(Errno.ENOENT, () -> real("./".repeat(2100) + "none"));
        assertEquals("/tmp", real("/tmp/" + "./".repeat(2100)));
        assertEquals("/", real("./".repeat(2100)));
        assertEquals("/tmp", real("/".repeat(5000) + "tmp"));
        Fails.with(Errno.ENAMETOOLONG, () -> real("/tmp/../".repeat(700)));
        for (int flag : new int[] {0, OpenFlags.APPEND}) {
            OpenFile file = open("/tmp/a", CREATE | flag);
            ByteBuffer bytes = ByteBuffer.allocate(2);
            Fails.with(Errno.EINVAL, () -> file.writeAt(Long.MAX_VALUE - 1, bytes));
            Fails.with(Errno.EINVAL, () -> file.readAt(Long.MAX_VALUE - 1, bytes));
            assertEquals(OpenFile.END, file.readAt(Long.MAX_VALUE - 2, bytes));
            assertEquals(0, file.readAt(Long.MAX_VALUE, ByteBuffer.allocate(0)));
            file.seek(Long.MAX_VALUE - 1);
            Fails.with(Errno.EINVAL, () -> file.read(bytes));
            file.close();
        }
        assertEquals(0, tree.attributes(null, path("/tmp/a"), true).size());
    }

    /** Deeper than any path can say; up again, renamed and removed without a stack to overflow. */
    @Test
    void directoriesMayBeDeeperThanPaths() throws FileException {
        int depth = 9000;
        byte[] d = path("d");
        OpenFile at = open("/tmp", OpenFlags.DIRECTORY);
        for (int i = 0; i < depth; i++) {
            tree.makeDirectory(at, d, 0777);
            OpenFile below = tree.open(at, d, OpenFlags.DIRECTORY, 0);
            at.close();
            at = below;
        }
        OpenFile deepest = at;
        Fails.with(Errno.EINVAL, () -> tree.rename(null, path("/tmp/d"), deepest, path("x")));
        tree.rename(null, path("/tmp/d"), null, path("/tmp/e"));
        for (int i = 0; i < depth; i++) {
            OpenFile above = tree.open(at, path(".."), OpenFlags.DIRECTORY, 0);
            at.close();
            at = above;
            tree.removeDirectory(at, path(i < depth - 1 ? "d" : "e"));
        }
        assertEquals(inode("/tmp"), at.attributes().inode());
        assertEquals("inner", at.nextEntry().name().toString());
        assertNull(at.nextEntry());
    }

    /** So does who reads all bytes of one before he is told that there are none. */
    @Test
    void directoriesHaveAPosition() throws FileException {
        tree.makeDirectory(null, path("/tmp/d"), 0777);
        tree.makeDirectory(null, path("/tmp/d/a"), 0777);
        tree.makeDirectory(null, path("/tmp/d/b"), 0777);
        OpenFile directory = open("/tmp/d", OpenFlags.DIRECTORY);
        assertEquals(0, directory.position());
        assertEquals(0, directory.available());
        directory.nextEntry();
        long one = directory.position();
        FileName second = directory.nextEntry().name();
        assertNull(directory.nextEntry());
        directory.seek(one);
        assertEquals(second, directory.nextEntry().name());
        directory.seek(Long.MAX_VALUE);
        assertNull(directory.nextEntry());
        Fails.with(Errno.EINVAL, () -> directory.seek(-1));
        Fails.with(Errno.EISDIR, () -> directory.read(ByteBuffer.allocate(1)));
        directory.close();
        Fails.with(Errno.EBADF, directory::position);
    }

    @Test
    void pathsBeginInAnOpenDirectory() throws FileException {
        tree.makeDirectory(null, path("/tmp/d"), 0777);
        OpenFile directory = open("/tmp/d", OpenFlags.DIRECTORY);
        tree.open(directory, path("a"), CREATE, 0666).close();
        assertEquals(inode("/tmp/d/a"), tree.attributes(directory, path("a"), true).inode());
        tree.rename(directory, path("a"), null, path("/tmp/b"));
        tree.link(null, path("/tmp/b"), directory, path("c"));
        tree.unlink(directory, path("c"));
        assertEquals(inode("/etc"), tree.attributes(directory, path("/etc"), true).inode());
        OpenFile file = open("/tmp/b", OpenFlags.READ_ONLY);
        Fails.with(Errno.ENOTDIR, () -> tree.unlink(file, path("x")));
        directory.close();
        Fails.with(Errno.EBADF, () -> tree.unlink(directory, path("x")));
        assertEquals(inode("/etc"), tree.attributes(file, path("/etc"), true).inode());
    }

    @Test
    void duplicatesShareThePosition() throws FileException {
        OpenFile file = open("/tmp/a", CREATE);
        OpenFile copy = file.duplicate();
        file.write(ByteBuffer.wrap(CONTENT));
        assertEquals(CONTENT.length, copy.position());
        copy.seek(2);
        assertEquals(2, file.position());
        assertEquals(CONTENT.length - 2, file.available());
        file.close();
        Fails.with(Errno.EBADF, () -> file.position());
        tree.unlink(null, path("/tmp/a"));
        assertEquals(6, copy.read(ByteBuffer.allocate(100)));
        copy.close();
        assertEquals(256, tmp.statistics().freeBlocks());
        Fails.with(Errno.EBADF, copy::duplicate);
    }

    @Test
    void masksPermissions() throws FileException {
        touch("/tmp/a");
        assertEquals(0100644, tree.attributes(null, path("/tmp/a"), true).mode());
        tree.makeDirectory(null, path("/tmp/d"), 0777);
        assertEquals(0040755, tree.attributes(null, path("/tmp/d"), true).mode());
        tree.setAttributes(null, path("/tmp/a"), true, AttributeChange.ofPermissions(07777));
        assertEquals(0107777, tree.attributes(null, path("/tmp/a"), true).mode());
        tree.makeSymbolicLink(path("a"), null, path("/tmp/l"));
        Fails.with(
                Errno.EOPNOTSUPP,
                () ->
                        tree.setAttributes(
                                null, path("/tmp/l"), false, AttributeChange.ofPermissions(0)));
        tree.setAttributes(null, path("/tmp/l"), false, AttributeChange.ofOwner(7, 8));
        assertEquals(7, tree.attributes(null, path("/tmp/l"), false).owner());
        assertEquals(0, tree.attributes(null, path("/tmp/l"), true).owner());
    }

    @Test
    void hasNoExtendedAttributesWhereNothingCanBeChanged() throws FileException {
        OpenFile file = open("/etc/hosts", OpenFlags.READ_ONLY);
        byte[] name = path("user.x");
        Fails.with(Errno.EOPNOTSUPP, () -> file.extendedAttribute(name));
        Fails.with(Errno.EROFS, () -> file.setExtendedAttribute(name, new byte[1]));
        Fails.with(Errno.EOPNOTSUPP, file::extendedAttributes);
        file.sync(true);
    }

    /** Positions end where files must (lseek(2)). */
    @Test
    void positionsAreThoseThatAFileCanHave() throws FileException {
        OpenFile file = open("/tmp/a", CREATE);
        file.seek(Long.MAX_VALUE);
        Fails.with(Errno.EINVAL, () -> file.seek(-1));
    }

    @Test
    void countsWhatIsFree() throws FileException {
        assertEquals(4096, tree.statistics(path("/tmp/inner")).blockBytes());
        assertEquals(0, tree.statistics(path("/etc/hosts")).freeFiles());
    }
}
