package dev.cortado.runtime.file.ext4;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.ext4.make.E2fsprogs;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What mke2fs and debugfs have put into an image is read as it was. */
final class ReadingTest {
    private static final int MANY = 150;

    @TempDir Path directory;

    @ParameterizedTest
    @EnumSource
    void directoryThatMke2fsCopied(Format format) throws Exception {
        Path source = Files.createDirectory(directory.resolve("source"));
        fill(source);
        Ext4Image image = Ext4Image.make(directory, format, 8 * 1024, "-d", source);
        byte[] before = image.storage().image();
        Ext4FileSystem mounted = image.mount(() -> 0, "ro");
        compare(mounted, mounted.root(), source);
        mounted.unmount();
        assertArrayEquals(before, image.storage().image());
    }

    private static void fill(Path source) throws IOException {
        Random random = new Random(1);
        Files.write(source.resolve("empty"), new byte[0]);
        for (int size : new int[] {1, 59, 60, 61, 100, 1024, 5000, 70_000, 400_000}) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            Files.write(source.resolve("file" + size), bytes);
        }
        try (RandomAccessFile sparse =
                new RandomAccessFile(source.resolve("sparse").toFile(), "rw")) {
            for (int part = 0; part < 40; part++) {
                sparse.seek(part * 57_000L + 2048);
                sparse.write(new byte[] {1, 2, 3, (byte) part});
            }
            // With inline_data, mke2fs forgets a hole at the end.
            sparse.seek(3_000_000);
            sparse.write(1);
        }
        Files.createLink(source.resolve("link"), source.resolve("file5000"));
        Files.createSymbolicLink(source.resolve("short"), Path.of("file1"));
        Files.createSymbolicLink(source.resolve("middle"), Path.of("m".repeat(80)));
        Files.createSymbolicLink(source.resolve("long"), Path.of("t".repeat(400)));
        Path many = Files.createDirectories(source.resolve("a/b/many"));
        for (int i = 0; i < MANY; i++) {
            Files.write(many.resolve("name" + i + "y".repeat(i % 90)), new byte[0]);
        }
        Files.setPosixFilePermissions(
                source.resolve("file60"), PosixFilePermissions.fromString("r-x--x-w-"));
    }

    private static void compare(Ext4FileSystem mounted, Inode inode, Path path)
            throws IOException, FileException {
        Attributes attributes = mounted.attributes(inode);
        Map<String, Object> expected =
                Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
        boolean isLink = inode.kind() == FileKind.SYMBOLIC_LINK;
        assertEquals(
                isLink ? FileKind.SYMBOLIC_LINK.modeBits() | 0777 : expected.get("mode"),
                attributes.mode() | (isLink ? 0777 : 0),
                path.toString());
        if (inode.number() != Geometry.ROOT_INODE) {
            assertEquals(
                    Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toMillis() / 1000,
                    attributes.modified() / 1_000_000_000,
                    path.toString());
        }
        switch (inode.kind()) {
            case DIRECTORY -> compareDirectory(mounted, inode, path);
            case SYMBOLIC_LINK ->
                    assertEquals(
                            Files.readSymbolicLink(path).toString(),
                            new String(mounted.readLink(inode)));
            default -> {
                assertEquals(expected.get("nlink"), attributes.links(), path.toString());
                assertArrayEquals(
                        Files.readAllBytes(path),
                        TreeComparison.content(mounted, inode),
                        path.toString());
            }
        }
    }

    private static void compareDirectory(Ext4FileSystem mounted, Inode directory, Path path)
            throws IOException, FileException {
        Set<String> expected;
        try (Stream<Path> files = Files.list(path)) {
            expected =
                    files.map(file -> file.getFileName().toString())
                            .collect(Collectors.toCollection(TreeSet::new));
        }
        Map<FileName, DirectoryEntry> entries = TreeComparison.entries(mounted, directory);
        Set<String> found = new HashSet<>();
        for (FileName name : entries.keySet()) {
            if (!name.toString().equals("lost+found")) {
                found.add(name.toString());
            }
        }
        assertEquals(expected, found);
        for (String name : expected) {
            Inode inode = mounted.lookup(directory, FileName.of(name));
            compare(mounted, inode, path.resolve(name));
        }
        Fails.with(Errno.ENOENT, () -> mounted.lookup(directory, FileName.of("absent")));
    }

    @Test
    void unwrittenExtentsAreZeros() throws Exception {
        Ext4Image image = Ext4Image.make(directory, Format.DEFAULT, 4096);
        Path text = Files.writeString(directory.resolve("text"), "some text");
        write(image.path(), "write " + text + " file");
        write(image.path(), "fallocate file 1 9");
        write(image.path(), "set_inode_field file size 9000");
        image.load();
        Ext4FileSystem mounted = image.mount();
        Inode file = mounted.lookup(mounted.root(), FileName.of("file"));
        byte[] expected = new byte[9000];
        System.arraycopy("some text".getBytes(), 0, expected, 0, 9);
        assertArrayEquals(expected, TreeComparison.content(mounted, file));
        mounted.write(file, 4000, ByteBuffer.wrap("more".getBytes()));
        System.arraycopy("more".getBytes(), 0, expected, 4000, 4);
        assertArrayEquals(expected, TreeComparison.content(mounted, file));
        mounted.unmount();
        image.assertClean();
        Ext4FileSystem again = image.mount();
        Inode same = again.lookup(again.root(), FileName.of("file"));
        assertArrayEquals(expected, TreeComparison.content(again, same));
    }

    @Test
    void attributesOfDebugfs() throws Exception {
        Ext4Image image = Ext4Image.make(directory, Format.EA_INODE, 4096);
        Path large = directory.resolve("large");
        byte[] value = new byte[1024];
        new Random(3).nextBytes(value);
        Files.write(large, value);
        Path text = Files.writeString(directory.resolve("text"), "some text");
        write(image.path(), "write " + text + " file");
        write(image.path(), "ea_set file user.short value");
        write(image.path(), "ea_set file user.middle " + "v".repeat(300));
        write(image.path(), "ea_set -f " + large + " file user.large");
        write(image.path(), "ea_set file security.selinux label");
        image.load();
        Ext4FileSystem mounted = image.mount();
        Inode file = mounted.lookup(mounted.root(), FileName.of("file"));
        assertEquals("value", new String(get(mounted, file, "user.short")));
        assertEquals("v".repeat(300), new String(get(mounted, file, "user.middle")));
        assertEquals("label", new String(get(mounted, file, "security.selinux")));
        assertArrayEquals(value, get(mounted, file, "user.large"));
        Set<String> names = new TreeSet<>();
        for (byte[] name : mounted.extendedAttributes(file)) {
            names.add(new String(name));
        }
        assertEquals(Set.of("user.short", "user.middle", "user.large", "security.selinux"), names);
        long free = mounted.statistics().freeBlocks();
        mounted.setExtendedAttribute(file, "user.large".getBytes(), null);
        mounted.syncAll();
        assertEquals(free + 1, mounted.statistics().freeBlocks());
        mounted.unmount();
        image.assertClean();
        assertEquals(
                "user.short (5) = \"value\"",
                E2fsprogs.debugfs(image.path(), "ea_list file")
                        .lines()
                        .filter(line -> line.contains("user.short"))
                        .map(String::strip)
                        .findFirst()
                        .orElse(""));
    }

    private static byte[] get(Ext4FileSystem mounted, Inode file, String name)
            throws FileException {
        return mounted.extendedAttribute(file, name.getBytes());
    }

    @Test
    void devicesAreTold() throws Exception {
        Ext4Image image = Ext4Image.make(directory, Format.DEFAULT, 4096);
        write(image.path(), "mknod disk b 8 1");
        write(image.path(), "mknod console c 5 1");
        write(image.path(), "mknod queue p");
        image.load();
        Ext4FileSystem mounted = image.mount();
        Inode root = mounted.root();
        assertEquals(FileKind.BLOCK_DEVICE, mounted.lookup(root, FileName.of("disk")).kind());
        assertEquals(FileKind.PIPE, mounted.lookup(root, FileName.of("queue")).kind());
        Inode console = mounted.lookup(root, FileName.of("console"));
        assertEquals(FileKind.CHARACTER_DEVICE, console.kind());
        Fails.with(Errno.EINVAL, () -> mounted.read(console, 0, ByteBuffer.allocate(1)));
        mounted.rename(root, FileName.of("disk"), root, FileName.of("drive"));
        mounted.unlink(root, FileName.of("console"));
        mounted.unmount();
        image.assertClean();
    }

    private static void write(Path image, String request) {
        E2fsprogs.output("debugfs", "-w", "-R", request, image);
    }
}
