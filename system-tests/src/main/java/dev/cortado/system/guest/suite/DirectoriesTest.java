package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Directories: what is in them, and above and below them. */
final class DirectoriesTest extends InDirectory {
    private static final int MANY = 1000;

    private static Set<String> names(Path directory) throws IOException {
        Set<String> names = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        }
        return names;
    }

    @Test
    void eachEntryIsThereOnce() throws IOException {
        Set<String> expected = new TreeSet<>();
        for (int i = 0; i < MANY; i++) {
            file("file" + i, "");
            expected.add("file" + i);
        }
        List<String> found = new ArrayList<>();
        try (Stream<Path> entries = Files.list(directory())) {
            entries.forEach(entry -> found.add(entry.getFileName().toString()));
        }
        assertEquals(MANY, found.size());
        assertEquals(expected, new TreeSet<>(found));
        assertEquals(expected, new TreeSet<>(List.of(directory().toFile().list())));
    }

    /** Whether an entry is found again by its new name is not defined. */
    @Test
    void readingEndsThoughEachEntryIsRenamed() throws IOException {
        for (int i = 0; i < 20; i++) {
            file("file" + i, "");
        }
        int count = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory())) {
            for (Path entry : entries) {
                assertTrue(count++ < MANY);
                Files.move(entry, path("renamed" + count));
            }
        }
        assertTrue(count >= 20);
    }

    @Test
    void allIsDeletedWhileItIsRead() throws IOException {
        for (int i = 0; i < MANY; i++) {
            file("file" + i, "");
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory())) {
            for (Path entry : entries) {
                Files.delete(entry);
            }
        }
        assertEquals(Set.of(), names(directory()));
    }

    @Test
    void patternsChoose() throws IOException {
        file("a.txt", "");
        file("b.txt", "");
        file("c.bin", "");
        Set<String> found = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory(), "*.txt")) {
            entries.forEach(entry -> found.add(entry.getFileName().toString()));
        }
        assertEquals(Set.of("a.txt", "b.txt"), found);
    }

    @Test
    void aTreeIsWalked() throws IOException {
        Path deep = Files.createDirectories(path("a/b/c"));
        Files.writeString(deep.resolve("file"), "");
        file("other", "");
        try (Stream<Path> paths = Files.walk(directory())) {
            List<String> found =
                    paths.map(each -> directory().relativize(each).toString()).sorted().toList();
            assertEquals(List.of("", "a", "a/b", "a/b/c", "a/b/c/file", "other"), found);
        }
        try (Stream<Path> paths =
                Files.find(directory(), 9, (path, attributes) -> attributes.isRegularFile())) {
            assertEquals(2, paths.count());
        }
    }

    @Test
    void directoriesAreMadeAsDeepAsNeeded() throws IOException {
        Path deep = path("a/b/c");
        assertThrows(NoSuchFileException.class, () -> Files.createDirectory(deep));
        assertEquals(deep, Files.createDirectories(deep));
        assertEquals(deep, Files.createDirectories(deep));
        File file = path("d/e").toFile();
        assertFalse(file.mkdir());
        assertTrue(file.mkdirs());
        assertTrue(file.isDirectory());
    }

    @Test
    void realPathsHaveNoLinksAndDots() throws IOException {
        Path root = directory().toRealPath();
        Path directory = Files.createDirectory(path("a"));
        file("file", "");
        Path link = Files.createSymbolicLink(path("link"), Path.of("a"));
        assertEquals(root.resolve("file"), link.resolve("../file").toRealPath());
        assertEquals(root.resolve("a"), directory.resolve("./").toRealPath());
        assertEquals(root.resolve("link"), link.toRealPath(LinkOption.NOFOLLOW_LINKS));
        assertEquals(
                root.resolve("a/none").toString(),
                path("link/b/../none").toFile().getCanonicalPath());
    }

    @Test
    void relativePathsBeginInTheWorkingDirectory() {
        Path working = Path.of(System.getProperty("user.dir"));
        assertEquals(working.resolve("a"), Path.of("a").toAbsolutePath());
        assertEquals(working.resolve("a").toFile(), new File("a").getAbsoluteFile());
        assertTrue(Files.isDirectory(Path.of("")));
    }

    @Test
    void anOpenDirectoryIsUsedWhateverItsName() throws IOException {
        Path directory = Files.createDirectory(path("a"));
        Files.writeString(directory.resolve("file"), "text");
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            var secure = (SecureDirectoryStream<Path>) stream;
            Files.move(directory, path("b"));
            Path file = Path.of("file");
            BasicFileAttributeView view =
                    secure.getFileAttributeView(file, BasicFileAttributeView.class);
            assertEquals(4, view.readAttributes().size());
            try (var channel =
                    secure.newByteChannel(
                            Path.of("new"),
                            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE))) {
                assertEquals(0, channel.size());
            }
            secure.move(file, secure, Path.of("moved"));
            assertEquals(Set.of("moved", "new"), names(path("b")));
            secure.deleteFile(Path.of("moved"));
            assertThrows(NoSuchFileException.class, () -> secure.deleteFile(file));
        }
        assertEquals(Set.of("new"), names(path("b")));
    }
}
