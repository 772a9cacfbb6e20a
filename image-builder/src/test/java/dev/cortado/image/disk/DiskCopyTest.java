package dev.cortado.image.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.UserError;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.tree.OpenFlags;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a guest can do to who copies from its disk, and names that are no text. */
class DiskCopyTest {
    /** What would be read for hours. */
    private static final long HOLE_BYTES = 1L << 40;

    @TempDir Path directory;
    private final List<String> warnings = new ArrayList<>();
    private Path tree;
    private Path target;

    @BeforeEach
    void makeDirectories() throws IOException {
        tree = Files.createDirectory(directory.resolve("tree"));
        target = Files.createDirectory(directory.resolve("target"));
    }

    /** The guest has made a directory of what was a link when it was copied the last time. */
    @Test
    void aLinkOfAnEarlierCopyLeadsNowhere() throws IOException {
        Path victim = Files.createDirectory(directory.resolve("victim"));
        Path logs = Files.createDirectory(tree.resolve("logs"));
        Path link = Files.createSymbolicLink(logs.resolve("x"), victim);
        copy(disk("first.img"), "/logs", target);
        assertEquals(victim, Files.readSymbolicLink(target.resolve("logs/x")));
        Files.delete(link);
        Files.writeString(Files.createDirectory(link).resolve("evil"), "evil");
        Path second = disk("second.img");
        assertTrue(
                assertThrows(UserError.class, () -> copy(second, "/logs", target))
                        .getMessage()
                        .startsWith(target.resolve("logs/x") + " is a symbolic link"));
        assertTrue(
                assertThrows(UserError.class, () -> copy(second, "/logs/x", target.resolve("logs")))
                        .getMessage()
                        .startsWith(target.resolve("logs/x") + " is a symbolic link"));
        try (var files = Files.list(victim)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void aLinkThatTheUserNamesIsFollowed() throws IOException {
        Files.writeString(tree.resolve("a"), "a");
        Path link = Files.createSymbolicLink(directory.resolve("link"), target);
        for (String from : List.of("/", "/a", "/.", "/lost+found/..")) {
            copy(disk("data.img"), from, link);
            assertEquals("a", Files.readString(target.resolve("a")), from);
            Files.delete(target.resolve("a"));
        }
    }

    /** It takes as long as there are bytes, not as long as it says. */
    @Test
    void holesAreNotReadThrough() throws Exception {
        Path disk = disk("data.img");
        byte[] name = "/hole".getBytes();
        try (MountedDisk mounted = MountedDisk.open(disk, 0, false, warnings::add)) {
            OpenFile file =
                    mounted.tree().open(null, name, OpenFlags.READ_WRITE | OpenFlags.CREATE, 0644);
            file.writeAt(HOLE_BYTES / 2, ByteBuffer.wrap(new byte[] {1}));
            file.truncate(HOLE_BYTES);
            file.close();
        }
        copy(disk, "/hole", target);
        try (FileChannel copy = FileChannel.open(target.resolve("hole"))) {
            assertEquals(HOLE_BYTES, copy.size());
            ByteBuffer bytes = ByteBuffer.allocate(3);
            copy.read(bytes, HOLE_BYTES / 2 - 1);
            assertArrayEquals(new byte[] {0, 1, 0}, bytes.array());
        }
        assertEquals(List.of(), warnings);
    }

    @Test
    void noProgramGetsTheRightsOfWhoCopies() throws IOException {
        Path program = Files.writeString(tree.resolve("program"), "");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-x--x"));
        Files.setAttribute(program, "unix:mode", 06751);
        copy(disk("data.img"), "/", target);
        assertEquals(0751, mode(target.resolve("program")));
    }

    private static int mode(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:mode") & 07777;
    }

    @Test
    void namesAreBytes() throws IOException {
        Path name = Path.of(URI.create(tree.toUri() + "a%FF%FEb"));
        Files.writeString(name, "bytes");
        Files.writeString(Path.of(URI.create(tree.toUri() + "a%FE%FFb")), "others");
        Files.createSymbolicLink(tree.resolve("link"), name.getFileName());
        Path disk = disk("data.img");
        copy(disk, "/", target);
        assertEquals("bytes", Files.readString(target.resolve(name.getFileName())));
        assertEquals("bytes", Files.readString(target.resolve("link")));
        try (var files = Files.list(target)) {
            assertEquals(4, files.count(), "and lost+found");
        }
        List<String> lines = new ArrayList<>();
        DiskListing.list(DiskPath.parse(disk + ":/"), 0, true, true, lines::add, warnings::add);
        assertEquals(1 + 4 + 1, lines.size(), lines::toString);
        assertEquals(List.of(), warnings);
    }

    /** A disk that is in the directory that is copied to it. */
    @Test
    void aDiskIsNotCopiedToItself() throws IOException {
        Files.writeString(tree.resolve("a"), "a");
        Path disk = tree.resolve("data.img");
        Ext4Disk.create(disk, 8 << 20, "", tree, false, false, warnings::add);
        DiskCopy.copy(tree.toString(), disk + ":/", 0, false, warnings::add);
        assertEquals(List.of(disk + " is left out: it is the disk"), warnings);
        List<String> lines = new ArrayList<>();
        DiskListing.list(
                DiskPath.parse(disk.toString()), 0, false, true, lines::add, warnings::add);
        assertEquals(
                List.of("/:", "a", "lost+found", "tree", "\n/lost+found:", "\n/tree:", "a"), lines);
    }

    @Test
    void ofADirectoryWithoutItsNameThereIsWhatIsInIt() throws IOException {
        Files.createDirectories(tree.resolve("sub/deep"));
        Path disk = disk("data.img");
        for (String from : List.of("sub/.", "sub/deep/..")) {
            DiskCopy.copy(tree + "/" + from, disk + ":/", 0, false, warnings::add);
        }
        List<String> lines = new ArrayList<>();
        DiskPath path = DiskPath.parse(disk.toString());
        DiskListing.list(path, 0, false, false, lines::add, warnings::add);
        assertEquals(List.of("deep", "lost+found", "sub"), lines);
        assertThrows(
                UserError.class, () -> DiskCopy.copy("", disk + ":/", 0, false, warnings::add));
    }

    @Test
    void namesAreNoCommandsForTheTerminal() throws IOException {
        Files.writeString(tree.resolve("a\033[2J\nb"), "");
        List<String> lines = new ArrayList<>();
        DiskPath path = DiskPath.parse(disk("data.img").toString());
        DiskListing.list(path, 0, false, false, lines::add, warnings::add);
        assertEquals(List.of("a?[2J?b", "lost+found"), lines);
    }

    private Path disk(String name) {
        Path disk = directory.resolve(name);
        Ext4Disk.create(disk, 8 << 20, "", tree, true, false, warnings::add);
        return disk;
    }

    private void copy(Path disk, String from, Path to) {
        DiskCopy.copy(disk + ":" + from, to.toString(), 0, false, warnings::add);
    }
}
