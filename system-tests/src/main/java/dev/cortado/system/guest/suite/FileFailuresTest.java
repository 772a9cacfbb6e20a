package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Calls on files that fail, with what the exceptions say. */
final class FileFailuresTest extends InDirectory {
    private static <T extends IOException> void fails(
            Class<T> type, String message, Executable call) {
        T error = assertThrows(type, call);
        assertEquals(type, error.getClass());
        assertEquals(message, error.getMessage());
    }

    @Test
    void nothingIsThere() {
        Path none = path("none");
        String text = none.toString();
        fails(NoSuchFileException.class, text, () -> Files.readString(none));
        fails(NoSuchFileException.class, text, () -> Files.delete(none));
        fails(NoSuchFileException.class, text, () -> Files.size(none));
        fails(NoSuchFileException.class, text, () -> Files.newDirectoryStream(none));
        fails(NoSuchFileException.class, text, () -> none.toRealPath());
        fails(NoSuchFileException.class, text, () -> Files.readSymbolicLink(none));
        fails(
                NoSuchFileException.class,
                text,
                () -> Files.writeString(none, "", StandardOpenOption.WRITE));
        fails(NoSuchFileException.class, text, () -> Files.copy(none, path("a")));
        fails(NoSuchFileException.class, text + " -> " + path("a"), () -> move(none, path("a")));
        Path below = none.resolve("below");
        fails(NoSuchFileException.class, below.toString(), () -> Files.writeString(below, ""));
        fails(NoSuchFileException.class, below.toString(), () -> Files.createDirectory(below));
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void nothingIsThereForStreams() {
        String none = path("none").toString();
        String message = none + " (No such file or directory)";
        fails(FileNotFoundException.class, message, () -> new FileInputStream(none));
        fails(FileNotFoundException.class, message, () -> new RandomAccessFile(none, "r"));
        String below = none + "/below";
        message = below + " (No such file or directory)";
        fails(FileNotFoundException.class, message, () -> new FileOutputStream(below));
        fails(FileNotFoundException.class, message, () -> new RandomAccessFile(below, "rw"));
        fails(
                FileNotFoundException.class,
                " (No such file or directory)",
                () -> new FileInputStream(""));
    }

    @Test
    void somethingIsThereAlready() throws IOException {
        Path file = file("a", "");
        String text = file.toString();
        fails(FileAlreadyExistsException.class, text, () -> Files.createFile(file));
        fails(FileAlreadyExistsException.class, text, () -> Files.createDirectory(file));
        fails(FileAlreadyExistsException.class, text, () -> Files.createDirectories(file));
        fails(
                FileAlreadyExistsException.class,
                text,
                () -> Files.createSymbolicLink(file, path("b")));
        assertFalse(new File(text).createNewFile());
        assertFalse(new File(text).mkdir());
    }

    @Test
    void aDirectoryIsNoFile() throws IOException {
        String text = directory().toString();
        fails(IOException.class, "Is a directory", () -> Files.readAllBytes(directory()));
        try (InputStream in = Files.newInputStream(directory())) {
            fails(IOException.class, "Is a directory", in::readAllBytes);
        }
        fails(
                FileSystemException.class,
                text + ": Is a directory",
                () -> Files.writeString(directory(), "", StandardOpenOption.WRITE));
        String message = text + " (Is a directory)";
        fails(FileNotFoundException.class, message, () -> new FileInputStream(text));
        fails(FileNotFoundException.class, message, () -> new FileOutputStream(text));
        fails(FileNotFoundException.class, message, () -> new RandomAccessFile(text, "r"));
    }

    @Test
    void aFileIsNoDirectory() throws IOException {
        Path file = file("a", "");
        fails(NotDirectoryException.class, file.toString(), () -> Files.newDirectoryStream(file));
        Path below = file.resolve("below");
        String message = below + ": Not a directory";
        fails(FileSystemException.class, message, () -> Files.readString(below));
        fails(FileSystemException.class, message, () -> Files.createDirectory(below));
        fails(FileSystemException.class, message, () -> Files.delete(below));
        assertFalse(Files.exists(below));
        assertNull(file.toFile().list());
        fails(
                FileNotFoundException.class,
                below + " (Not a directory)",
                () -> new FileInputStream(below.toFile()));
    }

    @Test
    void aDirectoryIsNotEmpty() throws IOException {
        Path full = Files.createDirectory(path("full"));
        Path other = Files.createDirectory(path("other"));
        Files.writeString(full.resolve("inside"), "");
        String text = full.toString();
        fails(DirectoryNotEmptyException.class, text, () -> Files.delete(full));
        assertFalse(full.toFile().delete());
        fails(
                DirectoryNotEmptyException.class,
                text,
                () -> Files.move(other, full, StandardCopyOption.REPLACE_EXISTING));
    }

    @Test
    void aDirectoryCannotMoveBelowItself() throws IOException {
        Path directory = Files.createDirectory(path("a"));
        Path below = directory.resolve("b");
        fails(
                FileSystemException.class,
                directory + " -> " + below + ": Invalid argument",
                () -> Files.move(directory, below));
    }

    @Test
    void aNameIsTooLong() {
        Path file = path("n".repeat(256));
        String message = file + ": File name too long";
        fails(FileSystemException.class, message, () -> Files.writeString(file, ""));
        fails(FileSystemException.class, message, () -> Files.createDirectory(file));
        fails(
                FileNotFoundException.class,
                file + " (File name too long)",
                () -> new FileOutputStream(file.toFile()));
        assertFalse(Files.exists(file));
    }

    @Test
    void aPathIsTooLong() {
        Path file = path("n/".repeat(2048) + "n");
        fails(
                FileSystemException.class,
                file + ": File name too long",
                () -> Files.readString(file));
        Path million = path("n/".repeat(500_000) + "n");
        assertFalse(Files.exists(million));
    }

    @Test
    void linksLoop() throws IOException {
        Path one = path("one");
        Path two = Files.createSymbolicLink(path("two"), one);
        Files.createSymbolicLink(one, two);
        String message = one + ": Too many levels of symbolic links";
        assertFalse(Files.exists(one));
        assertTrue(Files.isSymbolicLink(one));
        FileSystemException error =
                assertThrows(FileSystemException.class, () -> Files.readString(one));
        assertTrue(error.getMessage().startsWith(message), error.getMessage());
        fails(
                FileNotFoundException.class,
                one + " (Too many levels of symbolic links)",
                () -> new FileInputStream(one.toFile()));
    }

    @Test
    void onlyTheWayToACanonicalPathMatters() throws IOException {
        Path real = directory().toRealPath();
        Path loop = Files.createSymbolicLink(real.resolve("loop"), real.resolve("loop"));
        assertEquals(loop.toString(), loop.toFile().getCanonicalPath());
        File name = real.resolve("n".repeat(256)).toFile();
        assertEquals(name.getPath(), name.getCanonicalPath());
        assertThrows(IOException.class, () -> new File(name, "below").getCanonicalPath());
        File below = loop.resolve("below").toFile();
        assertThrows(IOException.class, below::getCanonicalPath);
    }

    @Test
    void aLinkLeadsIntoItsOwnDirectory() throws IOException {
        Path directory = Files.createDirectory(path("a"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory);
        var error = assertThrows(UncheckedIOException.class, () -> countFollowing(directory));
        assertEquals(FileSystemLoopException.class, error.getCause().getClass());
        assertEquals(link.toString(), error.getCause().getMessage());
    }

    private static long countFollowing(Path directory) throws IOException {
        try (var paths = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
            return paths.count();
        }
    }

    @Test
    void aFileIsNoLink() throws IOException {
        Path file = file("a", "");
        fails(NotLinkException.class, file.toString(), () -> Files.readSymbolicLink(file));
    }

    @Test
    void zeroIsInNoName() {
        assertEquals(
                "Nul character not allowed: a\0b",
                assertThrows(InvalidPathException.class, () -> Path.of("a\0b")).getMessage());
        fails(FileNotFoundException.class, "Invalid file path", () -> new FileInputStream("a\0b"));
        assertFalse(new File("a\0b").exists());
        assertThrows(IOException.class, () -> new File("a\0b").getCanonicalPath());
    }

    @Test
    void aClosedStreamDoesNothing() throws IOException {
        Path file = file("a", "text");
        FileInputStream in = new FileInputStream(file.toFile());
        in.close();
        in.close();
        fails(IOException.class, "Stream Closed", in::read);
        fails(IOException.class, "Stream Closed", in::available);
        fails(IOException.class, "Bad file descriptor", () -> in.skip(1));
        fails(IOException.class, "Bad file descriptor", in::readAllBytes);
        FileOutputStream out = new FileOutputStream(file.toFile());
        out.close();
        fails(IOException.class, "Stream Closed", () -> out.write(1));
        RandomAccessFile random = new RandomAccessFile(file.toFile(), "rw");
        random.close();
        fails(IOException.class, "Stream Closed", random::length);
        fails(IOException.class, "Stream Closed", () -> random.seek(0));
    }

    @Test
    void aFileOpenedToReadIsNotWritten() throws IOException {
        Path file = file("a", "text");
        try (RandomAccessFile random = new RandomAccessFile(file.toFile(), "r")) {
            fails(IOException.class, "Bad file descriptor", () -> random.write(1));
            fails(IOException.class, "Invalid argument", () -> random.setLength(1));
        }
    }
}
