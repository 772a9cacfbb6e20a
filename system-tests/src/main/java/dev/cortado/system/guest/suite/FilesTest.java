package dev.cortado.system.guest.suite;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@link Files}: making, writing, copying, moving and deleting files. */
final class FilesTest extends InDirectory {
    @Test
    void whatIsWrittenIsRead() throws IOException {
        Path file = file("a", "one\ntwo\n");
        assertEquals("one\ntwo\n", Files.readString(file));
        assertEquals(List.of("one", "two"), Files.readAllLines(file));
        assertEquals(8, Files.size(file));
    }

    @Test
    void aMebibyteIsTheSameAgain() throws IOException {
        byte[] bytes = new byte[(1 << 20) + 3];
        new Random(1).nextBytes(bytes);
        Path file = Files.write(path("a"), bytes);
        assertArrayEquals(bytes, Files.readAllBytes(file));
        Path copy = Files.copy(file, path("b"));
        assertEquals(-1, Files.mismatch(file, copy));
    }

    @Test
    void openOptionsDecideWhatIsThereAfterwards() throws IOException {
        Path file = file("a", "12345");
        Files.writeString(file, "67", APPEND);
        assertEquals("1234567", Files.readString(file));
        Files.writeString(file, "ab", WRITE);
        assertEquals("ab34567", Files.readString(file));
        Files.writeString(file, "x", TRUNCATE_EXISTING);
        assertEquals("x", Files.readString(file));
        Files.writeString(path("b"), "y", CREATE, APPEND);
        assertEquals("y", Files.readString(path("b")));
        assertThrows(
                FileAlreadyExistsException.class, () -> Files.writeString(file, "z", CREATE_NEW));
        assertEquals("x", Files.readString(file));
    }

    @Test
    void aFileGoesWhenItIsClosed() throws IOException {
        Path file = path("a");
        try (var out = Files.newOutputStream(file, CREATE, WRITE, DELETE_ON_CLOSE)) {
            out.write(1);
        }
        assertFalse(Files.exists(file));
    }

    @Test
    void anOpenFileLivesOnWithoutAName() throws IOException {
        Path file = file("a", "text");
        try (var in = Files.newInputStream(file)) {
            Files.delete(file);
            assertFalse(Files.exists(file));
            file("a", "other");
            assertEquals("text", new String(in.readAllBytes()));
        }
    }

    @Test
    void temporaryFilesHaveNamesOfTheirOwn() throws IOException {
        Path one = Files.createTempFile("some", ".tmp");
        Path two = Files.createTempFile("some", ".tmp");
        try {
            assertFalse(one.equals(two));
            assertTrue(one.getFileName().toString().matches("some.+\\.tmp"), one::toString);
            assertEquals(Path.of(System.getProperty("java.io.tmpdir")), one.getParent());
            assertEquals(0, Files.size(one));
            assertEquals("rw-------", permissions(one));
        } finally {
            Files.delete(one);
            Files.delete(two);
        }
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void aCopyReplacesOnlyIfItMay() throws IOException {
        Path from = file("a", "new");
        Path to = file("b", "old");
        FileAlreadyExistsException error =
                assertThrows(FileAlreadyExistsException.class, () -> Files.copy(from, to));
        assertEquals(to.toString(), error.getMessage());
        Files.copy(from, to, REPLACE_EXISTING);
        assertEquals("new", Files.readString(to));
        assertEquals("new", Files.readString(from));
    }

    @Test
    void aCopyHasTheTimesIfAsked() throws IOException {
        Path from = file("a", "text");
        FileTime time = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(from, time);
        Path to = Files.copy(from, path("b"), COPY_ATTRIBUTES);
        assertEquals(time, Files.getLastModifiedTime(to));
        assertTrue(Files.getLastModifiedTime(Files.copy(from, path("c"))).compareTo(time) > 0);
    }

    @Test
    void aCopyOfADirectoryIsEmpty() throws IOException {
        Path from = Files.createDirectory(path("a"));
        Files.writeString(from.resolve("inside"), "text");
        Path to = Files.copy(from, path("b"));
        assertTrue(Files.isDirectory(to));
        try (Stream<Path> entries = Files.list(to)) {
            assertEquals(0, entries.count());
        }
    }

    @Test
    void aLinkIsCopiedOrFollowed() throws IOException {
        Path target = file("a", "text");
        Path link = Files.createSymbolicLink(path("link"), target);
        Path followed = Files.copy(link, path("b"));
        Path copied = Files.copy(link, path("c"), LinkOption.NOFOLLOW_LINKS);
        assertFalse(Files.isSymbolicLink(followed));
        assertEquals(target, Files.readSymbolicLink(copied));
    }

    @Test
    void streamsAreCopied() throws IOException {
        byte[] bytes = new byte[100_000];
        new Random(2).nextBytes(bytes);
        assertEquals(bytes.length, Files.copy(new ByteArrayInputStream(bytes), path("a")));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertEquals(bytes.length, Files.copy(path("a"), out));
        assertArrayEquals(bytes, out.toByteArray());
    }

    @Test
    void aMoveReplacesOnlyIfItMay() throws IOException {
        Path from = file("a", "new");
        Path to = file("b", "old");
        assertThrows(FileAlreadyExistsException.class, () -> Files.move(from, to));
        Files.move(from, to, REPLACE_EXISTING);
        assertFalse(Files.exists(from));
        assertEquals("new", Files.readString(to));
        Path other = file("c", "other");
        Files.move(other, to, StandardCopyOption.ATOMIC_MOVE);
        assertEquals("other", Files.readString(to));
    }

    @Test
    void aDirectoryMovesWithWhatIsInIt() throws IOException {
        Path from = Files.createDirectory(path("a"));
        Files.writeString(from.resolve("inside"), "text");
        Path to = Files.move(from, path("b"));
        assertEquals("text", Files.readString(to.resolve("inside")));
        assertFalse(Files.exists(from));
    }

    @Test
    void deletingTwiceIsNoErrorIfAsked() throws IOException {
        Path file = file("a", "");
        assertTrue(Files.deleteIfExists(file));
        assertFalse(Files.deleteIfExists(file));
    }

    @Test
    void namesOfAllLanguagesAreKept() throws IOException {
        Path file = file("grüße-\u65e5\u672c \ud83d\ude80", "text");
        try (Stream<Path> entries = Files.list(directory())) {
            assertEquals(List.of(file), entries.toList());
        }
        assertEquals("text", Files.readString(file));
    }
}
