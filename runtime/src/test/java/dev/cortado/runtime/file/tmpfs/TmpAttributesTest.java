package dev.cortado.runtime.file.tmpfs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.Inode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Extended attributes (xattr(7)), and attributes that change with others. */
class TmpAttributesTest {
    private static final int PAGES = 4;
    private static final byte[] NAME = "user.name".getBytes(StandardCharsets.US_ASCII);

    private final TmpFileSystem files =
            new TmpFileSystem((long) PAGES * TmpFileSystem.PAGE_BYTES, 50, () -> 1);
    private final Inode root = files.root();

    private Inode create(String text) throws FileException {
        return files.create(root, FileName.of(text), 0644);
    }

    private int permissions(Inode inode) {
        return files.attributes(inode).permissions();
    }

    @Test
    void keepsWhatUsersSayOfTheirFiles() throws Exception {
        Inode file = create("a");
        files.setExtendedAttribute(file, NAME, new byte[] {1, 2});
        files.setExtendedAttribute(file, NAME, new byte[] {3});
        files.setExtendedAttribute(file, "user.a/b".getBytes(), new byte[0]);
        assertArrayEquals(new byte[] {3}, files.extendedAttribute(file, NAME));
        assertEquals(2, files.extendedAttributes(file).length);
        files.setExtendedAttribute(file, NAME, null);
        Fails.with(Errno.ENODATA, () -> files.extendedAttribute(file, NAME));
        Fails.with(Errno.ENODATA, () -> files.setExtendedAttribute(file, NAME, null));
    }

    @Test
    void refusesWhatXattrRefuses() throws Exception {
        Inode file = create("a");
        Inode link = files.makeSymbolicLink(root, FileName.of("l"), new byte[] {'a'});
        Fails.with(Errno.EPERM, () -> files.setExtendedAttribute(link, NAME, new byte[1]));
        Fails.with(Errno.ENODATA, () -> files.extendedAttribute(link, NAME));
        Fails.with(Errno.E2BIG, () -> files.setExtendedAttribute(file, NAME, new byte[65537]));
        Fails.with(Errno.ERANGE, () -> files.extendedAttribute(file, new byte[256]));
        Fails.with(Errno.ERANGE, () -> files.extendedAttribute(file, new byte[0]));
        byte[] empty = "user.".getBytes(StandardCharsets.US_ASCII);
        Fails.with(Errno.EINVAL, () -> files.extendedAttribute(file, empty));
        byte[] other = "other.x".getBytes(StandardCharsets.US_ASCII);
        Fails.with(Errno.EOPNOTSUPP, () -> files.extendedAttribute(file, other));
    }

    @Test
    void takesPagesAndGivesThemBack() throws Exception {
        Inode file = create("a");
        files.setExtendedAttribute(file, NAME, new byte[TmpFileSystem.PAGE_BYTES]);
        assertEquals(PAGES - 2, files.statistics().freeBlocks());
        Fails.with(
                Errno.ENOSPC, () -> files.setExtendedAttribute(file, NAME, new byte[PAGES << 12]));
        assertEquals(TmpFileSystem.PAGE_BYTES, files.extendedAttribute(file, NAME).length);
        assertEquals(PAGES - 2, files.statistics().freeBlocks());
        files.unlink(root, FileName.of("a"));
        assertEquals(PAGES, files.statistics().freeBlocks());
    }

    /** chown(2): nobody is given a program that runs as somebody else. */
    @Test
    void anotherOwnerDoesNotGetSetUserId() throws Exception {
        Inode file = create("a");
        files.setAttributes(file, AttributeChange.ofPermissions(06755));
        files.setAttributes(file, AttributeChange.ofOwner(1, AttributeChange.KEEP));
        assertEquals(0755, permissions(file));
        files.setAttributes(file, AttributeChange.ofPermissions(06745));
        files.setAttributes(file, AttributeChange.ofOwner(AttributeChange.KEEP, 1));
        assertEquals(02745, permissions(file), "without the right to execute it locks");
        Inode directory = files.makeDirectory(root, FileName.of("d"), 0755);
        files.setAttributes(directory, AttributeChange.ofPermissions(06755));
        files.setAttributes(directory, AttributeChange.ofOwner(1, 1));
        assertEquals(06755, permissions(directory));
    }

    @Test
    void aSetGroupIdDirectoryHandsItsGroupDown() throws Exception {
        Inode directory = files.makeDirectory(root, FileName.of("d"), 0755);
        files.setAttributes(directory, AttributeChange.ofOwner(AttributeChange.KEEP, 7));
        files.setAttributes(directory, AttributeChange.ofPermissions(02755));
        Inode file = files.create(directory, FileName.of("f"), 0644);
        Inode below = files.makeDirectory(directory, FileName.of("d"), 0755);
        assertEquals(7, files.attributes(file).group());
        assertEquals(7, files.attributes(below).group());
        assertEquals(0644, permissions(file));
        assertEquals(02755, permissions(below));
    }
}
