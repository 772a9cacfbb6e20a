package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A directory that is part of the image; on HotSpot the one that it was made from. */
final class ImageFilesTest {
    private static final Path ROOT =
            Path.of(System.getProperty("cortado.suite.files", "/srv/suite files"));

    private static final FileTime TIME =
            FileTime.from(Instant.parse("2026-01-20T10:11:12.345678Z"));
    private static final int BYTES = 1_000_003;

    private static Path path(String name) {
        return ROOT.resolve(name);
    }

    /** What is in the large file. */
    private static byte[] pattern() {
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            bytes[i] = (byte) (i % 251);
        }
        return bytes;
    }

    @Test
    void allThatWasPutInIsThere() throws IOException {
        try (Stream<Path> all = Files.walk(ROOT)) {
            assertEquals(
                    List.of(
                            "",
                            "deep",
                            "deep/back",
                            "deep/run",
                            "empty",
                            "link",
                            "pattern",
                            "two words.txt"),
                    all.map(each -> ROOT.relativize(each).toString()).sorted().toList());
        }
        try (var names = Files.newDirectoryStream(ROOT, "*.txt")) {
            assertEquals(path("two words.txt"), names.iterator().next());
        }
        assertEquals(
                List.of("deep", "empty", "link", "pattern", "two words.txt"),
                List.copyOf(new TreeSet<>(List.of(ROOT.toFile().list()))));
        File[] files = path("deep").toFile().listFiles(File::canExecute);
        assertEquals(1, files.length);
        assertEquals(0, path("empty").toFile().listFiles().length);
        assertThrows(NotDirectoryException.class, () -> Files.list(path("pattern")));
    }

    @Test
    void attributesAreThoseOfTheBuild() throws IOException {
        Path file = path("two words.txt");
        assertEquals(TIME, Files.getLastModifiedTime(file));
        assertEquals(TIME, Files.getLastModifiedTime(path("deep")));
        assertEquals(TIME.toMillis(), file.toFile().lastModified());
        assertEquals(
                "rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertFalse(Files.isExecutable(file));
        assertTrue(Files.isExecutable(path("deep/run")));
        assertEquals(BYTES, Files.size(path("pattern")));
        assertTrue(Files.isRegularFile(path("pattern")));
        assertTrue(path("deep").toFile().isDirectory());
        assertEquals("one\ntwo\n", Files.readString(file));
    }

    @Test
    void linksLeadToFiles() throws IOException {
        assertTrue(Files.isSymbolicLink(path("link")));
        assertEquals(Path.of("two words.txt"), Files.readSymbolicLink(path("link")));
        assertEquals("one\ntwo\n", Files.readString(path("link")));
        assertEquals(ROOT.toRealPath().resolve("pattern"), path("deep/back").toRealPath());
        assertEquals(BYTES, Files.size(path("deep/back")));
        assertEquals(
                ROOT.toRealPath().resolve("pattern").toString(),
                path("deep/back").toFile().getCanonicalPath());
        assertTrue(
                Files.readAttributes(
                                path("link"), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .isSymbolicLink());
    }

    @Test
    void streamsReadAll() throws IOException {
        try (FileInputStream in = new FileInputStream(path("pattern").toFile())) {
            assertEquals(BYTES, in.available());
            assertEquals(250, in.skip(250));
            assertEquals(250, in.read());
            assertEquals(0, in.read());
            ByteArrayOutputStream rest = new ByteArrayOutputStream();
            assertEquals(BYTES - 252, in.transferTo(rest));
            assertEquals(-1, in.read());
        }
        assertArrayEquals(pattern(), Files.readAllBytes(path("pattern")));
    }

    @Test
    void filesAreReadAnywhere() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path("pattern").toFile(), "r")) {
            assertEquals(BYTES, file.length());
            file.seek(BYTES - 1);
            assertEquals((BYTES - 1) % 251, file.read());
            assertEquals(-1, file.read());
            file.seek(2510);
            assertEquals(0x00010203, file.readInt());
            assertThrows(IOException.class, () -> file.write(1));
        }
        try (FileChannel channel = FileChannel.open(path("pattern"))) {
            ByteBuffer direct = ByteBuffer.allocateDirect(10);
            assertEquals(10, channel.read(direct, 251));
            assertEquals(9, direct.get(9));
            assertEquals(3, channel.read(direct.clear(), BYTES - 3));
            assertEquals(-1, channel.read(direct.clear(), BYTES));
        }
    }

    @Test
    void mappingsShowWhatIsThere() throws IOException {
        try (FileChannel channel = FileChannel.open(path("pattern"))) {
            MappedByteBuffer all = channel.map(FileChannel.MapMode.READ_ONLY, 0, BYTES);
            assertEquals(ByteBuffer.wrap(pattern()), all);
            MappedByteBuffer part = channel.map(FileChannel.MapMode.READ_ONLY, 5000, 6000);
            assertEquals((byte) (5000 % 251), part.get(0));
        }
    }

    @Test
    void transfersCopyThem() throws IOException {
        Path copy = Files.createTempFile("copy", null);
        try (FileChannel from = FileChannel.open(path("pattern"));
                FileChannel to = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            assertEquals(BYTES - 100, from.transferTo(100, BYTES, to));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            assertEquals(50, from.transferTo(BYTES - 50, 100, Channels.newChannel(bytes)));
            assertEquals((byte) ((BYTES - 50) % 251), bytes.toByteArray()[0]);
        }
        assertEquals(BYTES - 100, Files.size(copy));
        Files.copy(
                path("deep/run"),
                copy,
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
        assertEquals(TIME, Files.getLastModifiedTime(copy));
        assertTrue(Files.isExecutable(copy));
        Files.delete(copy);
    }

    @Test
    void theStoreSaysWhatItIs() throws IOException {
        Guest.required();
        FileStore store = Files.getFileStore(path("pattern"));
        assertEquals("imagefs", store.type());
        assertTrue(store.isReadOnly());
        assertEquals(0, store.getUsableSpace());
        assertEquals(0, store.getUnallocatedSpace());
        long content = BYTES + "one\ntwo\n".length();
        assertTrue(store.getTotalSpace() >= content, store.getTotalSpace() + " bytes");
        assertTrue(store.getTotalSpace() < content + 4096, store.getTotalSpace() + " bytes");
        assertEquals(store.getTotalSpace(), ROOT.toFile().getTotalSpace());
        assertEquals(0, ROOT.toFile().getUsableSpace());
    }

    @Test
    void nothingIsChanged() throws IOException {
        Guest.required();
        Path file = path("two words.txt");
        assertFalse(Files.isWritable(file));
        assertFalse(file.toFile().canWrite());
        assertReadOnly(() -> Files.writeString(file, "x"));
        assertReadOnly(() -> Files.writeString(path("new"), "x"));
        assertReadOnly(() -> Files.delete(file));
        assertReadOnly(() -> Files.createDirectory(path("new")));
        assertReadOnly(() -> Files.createSymbolicLink(path("new"), file));
        assertReadOnly(() -> Files.move(file, path("new")));
        assertReadOnly(() -> Files.setLastModifiedTime(file, FileTime.fromMillis(0)));
        assertReadOnly(() ->
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxrwxrwx")));
        assertThrows(FileNotFoundException.class, () -> new FileOutputStream(file.toFile(), true));
        assertThrows(FileNotFoundException.class, () -> new RandomAccessFile(file.toFile(), "rw"));
        assertFalse(file.toFile().delete());
        assertFalse(path("new").toFile().mkdir());
        assertEquals("one\ntwo\n", Files.readString(file));
    }

    private static void assertReadOnly(Change change) {
        FileSystemException e = assertThrows(FileSystemException.class, change::make);
        assertEquals("Read-only file system", e.getReason());
    }

    private interface Change {
        void make() throws IOException;
    }
}
