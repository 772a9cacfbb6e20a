package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What is known of files: kinds, sizes, times, permissions, links. */
final class FileAttributesTest extends InDirectory {
    private static BasicFileAttributes of(Path path, LinkOption... options) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, options);
    }

    @Test
    void kindsAreTold() throws IOException {
        Path file = file("a", "text");
        Path link = Files.createSymbolicLink(path("link"), file);
        assertTrue(of(file).isRegularFile());
        assertTrue(of(directory()).isDirectory());
        assertTrue(of(link).isRegularFile());
        assertTrue(of(link, LinkOption.NOFOLLOW_LINKS).isSymbolicLink());
        assertEquals(4, of(file).size());
        assertEquals(file.toString().length(), of(link, LinkOption.NOFOLLOW_LINKS).size());
        assertTrue(Files.isHidden(file(".hidden", "")));
    }

    @Test
    void sameFilesHaveTheSameKey() throws IOException {
        Path file = file("a", "text");
        Path other = file("b", "text");
        Path name = Files.createLink(path("c"), file);
        assertEquals(of(file).fileKey(), of(name).fileKey());
        assertNotEquals(of(file).fileKey(), of(other).fileKey());
        assertTrue(Files.isSameFile(file, name));
        assertFalse(Files.isSameFile(file, other));
        assertEquals(2, Files.getAttribute(file, "unix:nlink"));
        Files.writeString(name, "longer text");
        Files.delete(name);
        assertEquals("longer text", Files.readString(file));
        assertEquals(1, Files.getAttribute(file, "unix:nlink"));
    }

    @Test
    void timesAreSetToTheNanosecond() throws IOException {
        Path file = file("a", "");
        for (Instant time :
                new Instant[] {Instant.ofEpochSecond(1_234_567_890, 123_456_789), Instant.EPOCH}) {
            Files.setLastModifiedTime(file, FileTime.from(time));
            assertEquals(time, Files.getLastModifiedTime(file).toInstant());
        }
        File old = file.toFile();
        assertTrue(old.setLastModified(1_000_000_000_123L));
        assertEquals(1_000_000_000_123L, old.lastModified());
    }

    @Test
    void writingChangesTheTime() throws IOException {
        Path file = file("a", "");
        FileTime old = FileTime.fromMillis(0);
        Files.setLastModifiedTime(file, old);
        Files.writeString(file, "text");
        assertTrue(Files.getLastModifiedTime(file).compareTo(old) > 0);
        assertTrue(of(file).lastAccessTime().compareTo(old) > 0);
    }

    @Test
    void makingAFileChangesItsDirectory() throws IOException {
        FileTime old = FileTime.fromMillis(0);
        Files.setLastModifiedTime(directory(), old);
        file("a", "");
        assertTrue(Files.getLastModifiedTime(directory()).compareTo(old) > 0);
    }

    @Test
    void permissionsAreSetAndTold() throws IOException {
        Path file = file("a", "");
        var permissions = PosixFilePermissions.fromString("rwxr-x--x");
        Files.setPosixFilePermissions(file, permissions);
        assertEquals(permissions, Files.getPosixFilePermissions(file));
        assertTrue(Files.isExecutable(file));
        File old = file.toFile();
        assertTrue(old.setExecutable(false, false));
        assertTrue(old.setReadOnly());
        assertEquals(
                "r--r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertFalse(old.canExecute());
        Path made =
                Files.createFile(
                        path("b"),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(made)));
    }

    @Test
    void filesBelongToWhoMadeThem() throws IOException {
        Path file = file("a", "");
        PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
        assertEquals(System.getProperty("user.name"), attributes.owner().getName());
        Files.setOwner(file, attributes.owner());
        assertEquals(attributes.owner(), Files.getOwner(file));
    }

    @Test
    void oneIsAskedForByName() throws IOException {
        Path file = file("a", "text");
        assertEquals(4L, Files.getAttribute(file, "size"));
        var all = Files.readAttributes(file, "unix:*");
        assertEquals(4L, all.get("size"));
        assertEquals(of(file).lastModifiedTime(), all.get("lastModifiedTime"));
        assertEquals(0100000, (int) all.get("mode") & 0170000);
    }

    @Test
    void linksAreReadAsTheyWereMade() throws IOException {
        Path link = Files.createSymbolicLink(path("link"), Path.of("not/there"));
        assertEquals(Path.of("not/there"), Files.readSymbolicLink(link));
        assertFalse(Files.exists(link));
        assertTrue(Files.exists(link, LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void theStoreHasRoom() throws IOException {
        FileStore store = Files.getFileStore(directory());
        assertTrue(store.getTotalSpace() > 0);
        assertTrue(store.getUsableSpace() > 0);
        assertTrue(store.getUsableSpace() <= store.getTotalSpace());
        assertFalse(store.isReadOnly());
        File old = directory().toFile();
        assertEquals(store.getTotalSpace(), old.getTotalSpace());
        assertTrue(old.getUsableSpace() > 0);
    }

    @Test
    void temporaryFilesAreInAFileSystemOfTheirOwn() throws IOException {
        Guest.required();
        assertEquals("tmpfs", Files.getFileStore(directory()).type());
        FileStore root = Files.getFileStore(Path.of("/"));
        assertEquals("tmpfs", root.type());
        assertFalse(root.isReadOnly());
        assertEquals(root.getTotalSpace(), Files.getFileStore(directory()).getTotalSpace());
        // The root, /tmp, /etc for the network's files, and two directories of the image.
        assertEquals(
                5,
                StreamSupport.stream(
                                Path.of("/").getFileSystem().getFileStores().spliterator(), false)
                        .count());
    }
}
