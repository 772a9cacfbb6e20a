package dev.cortado.runtime.file.ext4;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.tree.FileTree;
import dev.cortado.runtime.file.tree.OpenFlags;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What new files get of their directory's default access control list (acl(5)). */
class DefaultListTest {
    private static final byte[] ACCESS = bytes("system.posix_acl_access");
    private static final byte[] DEFAULT = bytes("system.posix_acl_default");

    private static final int OWNER = 1;
    private static final int USER = 2;
    private static final int GROUP = 4;
    private static final int MASK = 16;
    private static final int OTHERS = 32;
    private static final int MASKED = 022;

    @TempDir Path directory;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** As system calls have it: tags and rights; the user is 7. */
    private static byte[] list(int... tagsAndRights) {
        ByteBuffer list =
                ByteBuffer.allocate(4 + tagsAndRights.length * 4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(2);
        for (int i = 0; i < tagsAndRights.length; i += 2) {
            list.putShort((short) tagsAndRights[i]).putShort((short) tagsAndRights[i + 1]);
            list.putInt(tagsAndRights[i] == USER ? 7 : -1);
        }
        return list.array();
    }

    @ParameterizedTest
    @EnumSource(names = {"DEFAULT", "EXT2", "INLINE_DATA"})
    void isHandedDown(Format format) throws Exception {
        Ext4Image image = Ext4Image.make(directory, format, 8192);
        Ext4FileSystem mounted = image.mount();
        byte[] handedDown = list(OWNER, 7, USER, 6, GROUP, 5, MASK, 7, OTHERS, 0);
        Inode above = mounted.makeDirectory(mounted.root(), FileName.of("above"), 0700);
        mounted.setExtendedAttribute(above, DEFAULT, handedDown);
        Inode file = mounted.create(above, FileName.of("file"), 0646);
        assertEquals(0640, mounted.attributes(file).permissions());
        assertArrayEquals(
                list(OWNER, 6, USER, 6, GROUP, 5, MASK, 4, OTHERS, 0),
                mounted.extendedAttribute(file, ACCESS));
        Fails.with(Errno.ENODATA, () -> mounted.extendedAttribute(file, DEFAULT));
        Inode below = mounted.makeDirectory(above, FileName.of("below"), 01777);
        assertEquals(01770, mounted.attributes(below).permissions());
        assertArrayEquals(
                list(OWNER, 7, USER, 6, GROUP, 5, MASK, 7, OTHERS, 0),
                mounted.extendedAttribute(below, ACCESS));
        assertArrayEquals(handedDown, mounted.extendedAttribute(below, DEFAULT));
        mounted.makeSymbolicLink(below, FileName.of("link"), bytes("file"));
        mounted.unmount();
        image.assertClean();
    }

    /** One that says no more than a mode is one. */
    @Test
    void aPlainOneBecomesTheMode() throws Exception {
        Ext4Image image = Ext4Image.make(directory, Format.DEFAULT, 8192);
        Ext4FileSystem mounted = image.mount();
        mounted.setExtendedAttribute(mounted.root(), DEFAULT, list(OWNER, 7, GROUP, 5, OTHERS, 4));
        Inode file = mounted.create(mounted.root(), FileName.of("file"), 0666);
        assertEquals(0644, mounted.attributes(file).permissions());
        Fails.with(Errno.ENODATA, () -> mounted.extendedAttribute(file, ACCESS));
        mounted.unmount();
        image.assertClean();
    }

    /** It stands for the program's mask. */
    @Test
    void programsMaskIsNotForThem() throws Exception {
        Ext4FileSystem mounted = Ext4Image.make(directory, Format.DEFAULT, 8192).mount();
        FileTree tree = new FileTree(mounted, MASKED);
        assertEquals(0644, permissions(tree, "/before"));
        mounted.setExtendedAttribute(mounted.root(), DEFAULT, list(OWNER, 7, GROUP, 7, OTHERS, 7));
        assertEquals(0666, permissions(tree, "/after"));
        tree.makeDirectory(null, bytes("/directory"), 0777);
        assertEquals(0777, tree.attributes(null, bytes("/directory"), false).permissions());
        assertEquals(0666, permissions(tree, "/directory/file"));
    }

    private static int permissions(FileTree tree, String path) throws FileException {
        tree.open(null, bytes(path), OpenFlags.WRITE_ONLY | OpenFlags.CREATE, 0666).close();
        return tree.attributes(null, bytes(path), false).permissions();
    }
}
