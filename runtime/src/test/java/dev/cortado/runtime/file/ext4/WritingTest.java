package dev.cortado.runtime.file.ext4;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.ext4.make.E2fsprogs;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written is found by debugfs as it should be, and e2fsck has nothing to say. */
final class WritingTest {
    /** 2023-11-14 22:13:20 UTC, and some nanoseconds. */
    private static final long TIME = 1_700_000_000_123_456_789L;

    private static final long OTHER_TIME = 9_000_000_000_000_000_005L;

    @TempDir Path directory;

    @ParameterizedTest
    @EnumSource(
            names = {
                "DEFAULT",
                "EXT2",
                "INLINE_DATA",
                "SMALL_INODES",
                "BLOCKS_4K",
                "WITHOUT_CHECKSUMS"
            })
    void debugfsFindsIt(Format format) throws Exception {
        Ext4Image image = Ext4Image.make(directory, format, 8 * 1024);
        byte[] bytes = new byte[300_000];
        new Random(2).nextBytes(bytes);
        fill(image.mount(() -> TIME, ""), bytes);
        image.assertClean();
        Path path = image.path();
        for (String name : new String[] {"/file", "/d1/d2/hard"}) {
            Path dumped = directory.resolve("dumped");
            E2fsprogs.debugfs(path, "dump " + name + " " + dumped);
            assertArrayEquals(bytes, Files.readAllBytes(dumped));
        }
        E2fsprogs.debugfs(path, "dump /d1/small " + directory.resolve("small"));
        // Of inline data, debugfs gives all 60 bytes.
        assertEquals("abcdef", Files.readString(directory.resolve("small")).replace("\0", ""));
        String stat = E2fsprogs.debugfs(path, "stat /file");
        assertContains(stat, "Mode:  04751");
        assertContains(stat, "User: 70000   Group: 65537");
        assertContains(stat, "Size: 300000");
        assertContains(stat, "Links: 2");
        String seconds =
                "mtime: 0x" + HexFormat.of().toHexDigits((int) (OTHER_TIME / 1_000_000_000));
        if (format.hasNanoseconds()) {
            // Two bits above the seconds, and 5 nanoseconds.
            assertContains(stat, seconds + ":00000016");
            assertContains(stat, "crtime: 0x6553f100:1d6f3454");
        } else {
            assertContains(stat, "mtime: 0x7fffffff");
        }
        assertContains(E2fsprogs.debugfs(path, "ea_get /file user.name"), "value");
        assertContains(E2fsprogs.debugfs(path, "ea_list /file"), "trusted.long (500)");
        assertContains(E2fsprogs.debugfs(path, "stat /short"), "Fast link dest: \"file\"");
        E2fsprogs.debugfs(path, "cat /long");
        assertEquals("y".repeat(90), lastLine(E2fsprogs.debugfs(path, "cat /long")));
    }

    private static String lastLine(String text) {
        return text.lines().reduce("", (before, line) -> line);
    }

    private static void assertContains(String text, String part) {
        assertTrue(text.contains(part), part + " in " + text);
    }

    private static void fill(Ext4FileSystem mounted, byte[] bytes) throws FileException {
        Inode root = mounted.root();
        Inode file = mounted.create(root, FileName.of("file"), 0600);
        assertEquals(bytes.length, mounted.write(file, 0, ByteBuffer.wrap(bytes)));
        Inode d1 = mounted.makeDirectory(root, FileName.of("d1"), 0755);
        Inode d2 = mounted.makeDirectory(d1, FileName.of("d2"), 0755);
        mounted.link(file, d2, FileName.of("hard"));
        Inode small = mounted.create(d1, FileName.of("small"), 0644);
        mounted.append(small, ByteBuffer.wrap("abc".getBytes()));
        mounted.append(small, ByteBuffer.wrap("def".getBytes()));
        mounted.makeSymbolicLink(root, FileName.of("short"), "file".getBytes());
        mounted.makeSymbolicLink(root, FileName.of("long"), "y".repeat(90).getBytes());
        mounted.setExtendedAttribute(file, "user.name".getBytes(), "value".getBytes());
        mounted.setExtendedAttribute(file, "trusted.long".getBytes(), new byte[500]);
        mounted.setAttributes(
                file,
                new AttributeChange(04751, 70_000, 65_537, AttributeChange.KEEP_TIME, OTHER_TIME));
        mounted.unmount();
    }

    @Test
    void attributesMoveBetweenInodeAndBlock() throws Exception {
        Ext4Image image = Ext4Image.make(directory, Format.DEFAULT, 4096);
        Ext4FileSystem mounted = image.mount();
        Inode file = mounted.create(mounted.root(), FileName.of("file"), 0600);
        byte[] name = "user.a".getBytes();
        byte[] other = "user.b".getBytes();
        for (int size : new int[] {10, 800, 5, 50, 0, 700}) {
            mounted.setExtendedAttribute(file, name, new byte[size]);
            mounted.setExtendedAttribute(file, other, new byte[size / 10]);
            assertEquals(size, mounted.extendedAttribute(file, name).length);
            assertEquals(size / 10, mounted.extendedAttribute(file, other).length);
        }
        Fails.with(
                Errno.ENOSPC,
                () -> mounted.setExtendedAttribute(file, "user.c".getBytes(), new byte[500]));
        Fails.with(Errno.E2BIG, () -> mounted.setExtendedAttribute(file, name, new byte[65_537]));
        assertEquals(700, mounted.extendedAttribute(file, name).length);
        mounted.setExtendedAttribute(file, name, null);
        Fails.with(Errno.ENODATA, () -> mounted.extendedAttribute(file, name));
        Fails.with(Errno.ENODATA, () -> mounted.setExtendedAttribute(file, name, null));
        Fails.with(
                Errno.EOPNOTSUPP,
                () -> mounted.setExtendedAttribute(file, "other.a".getBytes(), name));
        assertEquals(1, mounted.extendedAttributes(file).length);
        mounted.unmount();
        image.assertClean();
    }

    /** A mode and a list of access say the same of owner, mask and others. */
    @Test
    void modeGoesWithAccessControlList() throws Exception {
        Ext4Image image = Ext4Image.make(directory, Format.DEFAULT, 4096);
        Ext4FileSystem mounted = image.mount();
        Inode file = mounted.create(mounted.root(), FileName.of("file"), 0600);
        byte[] name = "system.posix_acl_access".getBytes();
        // Version 2: u::rw-, u:1000:r--, g::r--, m::rw-, o::---
        String none = "ffffffff";
        byte[] list =
                HexFormat.of()
                        .parseHex(
                                "02000000"
                                        + "01000600"
                                        + none
                                        + "02000400"
                                        + "e8030000"
                                        + "04000400"
                                        + none
                                        + "10000600"
                                        + none
                                        + "20000000"
                                        + none);
        mounted.setExtendedAttribute(file, name, list);
        assertEquals(0660, mounted.attributes(file).permissions());
        assertArrayEquals(list, mounted.extendedAttribute(file, name));
        mounted.setAttributes(file, AttributeChange.ofPermissions(0741));
        byte[] changed = list.clone();
        changed[6] = 7;
        changed[30] = 4;
        changed[38] = 1;
        assertArrayEquals(changed, mounted.extendedAttribute(file, name));
        byte[] wrong = list.clone();
        wrong[4] = 2;
        Fails.with(Errno.EINVAL, () -> mounted.setExtendedAttribute(file, name, wrong));
        mounted.unmount();
        image.assertClean();
        // As it is on the disk: version 1, without identifiers where there are none.
        String raw = E2fsprogs.debugfs(image.path(), "ea_get -r -x /file system.posix_acl_access");
        String hexadecimal = raw.substring(raw.indexOf("= ") + 2).replaceAll("\\s", "");
        assertEquals(
                "01000000" + "01000700" + "02000400e8030000" + "04000400" + "10000400" + "20000100",
                hexadecimal);
    }

    @Test
    void blockOfAttributesThatIsSharedIsCopied() throws Exception {
        Ext4Image image = Ext4Image.make(directory, Format.DEFAULT, 4096);
        Ext4FileSystem first = image.mount();
        Inode one = first.create(first.root(), FileName.of("one"), 0600);
        first.setExtendedAttribute(one, "user.a".getBytes(), new byte[500]);
        Inode two = first.create(first.root(), FileName.of("two"), 0600);
        first.setExtendedAttribute(two, "user.a".getBytes(), new byte[500]);
        first.unmount();
        share(image.save());
        image.load();
        Ext4FileSystem mounted = image.mount();
        Inode other = mounted.lookup(mounted.root(), FileName.of("two"));
        mounted.setExtendedAttribute(other, "user.a".getBytes(), new byte[501]);
        Inode same = mounted.lookup(mounted.root(), FileName.of("one"));
        assertEquals(500, mounted.extendedAttribute(same, "user.a".getBytes()).length);
        mounted.unlink(mounted.root(), FileName.of("one"));
        mounted.unmount();
        image.assertClean();
    }

    /** Lets the second file use the first one's block, as Linux does; e2fsck counts again. */
    private static void share(Path path) {
        String block =
                E2fsprogs.debugfs(path, "stat /one")
                        .lines()
                        .filter(line -> line.startsWith("File ACL: "))
                        .map(line -> line.substring("File ACL: ".length()).strip())
                        .findFirst()
                        .orElseThrow();
        E2fsprogs.output("debugfs", "-w", "-R", "set_inode_field /two file_acl " + block, path);
        E2fsprogs.run("e2fsck", "-fy", path);
    }

    @Test
    void setGroupIdIsHandedDown() throws Exception {
        Ext4Image image = Ext4Image.make(directory, Format.DEFAULT, 4096);
        Ext4FileSystem mounted = image.mount();
        Inode in = mounted.makeDirectory(mounted.root(), FileName.of("d"), 0755);
        mounted.setAttributes(in, AttributeChange.ofOwner(AttributeChange.KEEP, 7));
        mounted.setAttributes(in, AttributeChange.ofPermissions(02755));
        Inode below = mounted.makeDirectory(in, FileName.of("below"), 0700);
        Inode file = mounted.create(below, FileName.of("file"), 0600);
        assertEquals(02700, mounted.attributes(below).permissions());
        assertEquals(7, mounted.attributes(below).group());
        assertEquals(0600, mounted.attributes(file).permissions());
        assertEquals(7, mounted.attributes(file).group());
    }

    @Test
    void sizesHaveLimits() throws Exception {
        Ext4Image image = Ext4Image.make(directory, Format.EXT2, 4096);
        Ext4FileSystem mounted = image.mount();
        Inode file = mounted.create(mounted.root(), FileName.of("file"), 0600);
        long limit = (12L + 256 + 256 * 256 + 256 * 256 * 256) * 1024;
        mounted.write(file, limit - 2, ByteBuffer.allocate(2));
        assertEquals(limit, mounted.attributes(file).size());
        Fails.with(Errno.EFBIG, () -> mounted.write(file, limit, ByteBuffer.allocate(1)));
        Fails.with(Errno.EFBIG, () -> mounted.truncate(file, limit + 1));
        assertEquals(1, mounted.write(file, limit - 1, ByteBuffer.allocate(2)));
        mounted.unmount();
        image.assertClean();
    }

    @Test
    void linksHaveALimit() throws Exception {
        Ext4Image image = Ext4Image.make(directory, Format.DEFAULT, 8 * 1024);
        Ext4FileSystem first = image.mount();
        first.create(first.root(), FileName.of("file"), 0600);
        first.unmount();
        E2fsprogs.output(
                "debugfs", "-w", "-R", "set_inode_field /file links_count 65000", image.save());
        image.load();
        Ext4FileSystem mounted = image.mount();
        Inode file = mounted.lookup(mounted.root(), FileName.of("file"));
        Fails.with(Errno.EMLINK, () -> mounted.link(file, mounted.root(), FileName.of("one more")));
    }
}
