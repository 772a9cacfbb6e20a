package dev.cortado.system.guest.suite;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests that have a directory of their own, below {@code java.io.tmpdir}, while they run. */
abstract class InDirectory {
    private Path directory;

    @BeforeEach
    void make() throws IOException {
        directory = Files.createTempDirectory("test");
    }

    @AfterEach
    void remove() throws IOException {
        Files.walkFileTree(directory, new Remover());
    }

    final Path directory() {
        return directory;
    }

    final Path path(String name) {
        return directory.resolve(name);
    }

    /** A new file with some text in it. */
    final Path file(String name, String text) throws IOException {
        return Files.writeString(path(name), text);
    }

    private static final class Remover extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException error)
                throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
