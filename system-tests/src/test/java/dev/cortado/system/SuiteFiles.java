package dev.cortado.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The directory that is part of the suite's image: see {@code ImageFilesTest} there. */
final class SuiteFiles {
    /** Where the guest has it. */
    static final String PLACE = "/srv/suite files";

    private static final FileTime TIME =
            FileTime.from(Instant.parse("2026-01-20T10:11:12.345678Z"));
    private static final int BYTES = 1_000_003;

    private SuiteFiles() {}

    /** Makes it, or finds it made: several tests may do so at the same time. */
    static synchronized Path directory(Path place) {
        try {
            if (!Files.exists(place)) {
                Files.createDirectories(place.getParent());
                Path made = Files.createTempDirectory(place.getParent(), "files");
                fill(made);
                publish(made, place);
            }
            return place;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void fill(Path directory) throws IOException {
        Files.writeString(directory.resolve("two words.txt"), "one\ntwo\n");
        Files.createDirectory(directory.resolve("empty"));
        Path deep = Files.createDirectory(directory.resolve("deep"));
        Files.writeString(deep.resolve("run"), "#!/bin/sh\n");
        byte[] pattern = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            pattern[i] = (byte) (i % 251);
        }
        Files.write(directory.resolve("pattern"), pattern);
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.toList()) {
                boolean runs = Files.isDirectory(each) || each.endsWith("run");
                Files.setPosixFilePermissions(
                        each, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
        Files.createSymbolicLink(directory.resolve("link"), Path.of("two words.txt"));
        Files.createSymbolicLink(deep.resolve("back"), Path.of("../pattern"));
        for (String name : List.of("two words.txt", "pattern", "deep/run", "deep", "empty", "")) {
            Files.setLastModifiedTime(directory.resolve(name), TIME);
        }
    }

    private static void publish(Path made, Path place) throws IOException {
        try {
            Files.move(made, place);
        } catch (FileAlreadyExistsException e) {
            // Another process was quicker, and has made the same.
            try (Stream<Path> all = Files.walk(made)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
