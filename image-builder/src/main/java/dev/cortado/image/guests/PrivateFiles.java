package dev.cortado.image.guests;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** Directories that are their owner's alone: who opens a guest's monitor may do anything to it. */
final class PrivateFiles {
    private static final String POSIX = "posix";

    private PrivateFiles() {}

    /** Makes a directory, and those above it, if they are missing. */
    static void createDirectories(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path above = directory.getParent();
        if (above != null) {
            createDirectories(above);
        }
        try {
            createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
    }

    static void createDirectory(Path directory) throws IOException {
        Files.createDirectory(directory, attributes(directory));
    }

    private static FileAttribute<?>[] attributes(Path directory) {
        if (!directory.getFileSystem().supportedFileAttributeViews().contains(POSIX)) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        };
    }

    /** Deletes a directory that has files in it, but no directories; or does nothing. */
    static void deleteDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> entries = Files.list(directory)) {
            files = entries.toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(directory);
    }
}
