package dev.cortado.runtime.file.ext4;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.file.FileClock;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.HostTools;
import dev.cortado.runtime.file.ext4.make.E2fsprogs;
import dev.cortado.runtime.file.storage.transaction.MemoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An image that tools make and look at as a file, and that is mounted in memory. */
final class Ext4Image {
    private static final String OPTIMIZE = "Optimize? no";

    private final Path path;
    private final List<String> told = new ArrayList<>();
    private MemoryStorage storage;

    private Ext4Image(Path path) {
        this.path = path;
    }

    /**
     * @param more options of mke2fs
     */
    static Ext4Image make(Path directory, Format format, int kibibytes, Object... more)
            throws IOException {
        Path path = directory.resolve(format + ".img");
        Files.deleteIfExists(path);
        format.make(path, kibibytes, more);
        return of(path);
    }

    static Ext4Image of(Path path) throws IOException {
        Ext4Image image = new Ext4Image(path);
        image.load();
        return image;
    }

    /** Takes over what tools have done to the file. */
    void load() throws IOException {
        storage = MemoryStorage.of(Files.readAllBytes(path));
    }

    MemoryStorage storage() {
        return storage;
    }

    Path path() {
        return path;
    }

    /** What was told of damage. */
    List<String> told() {
        return told;
    }

    Ext4FileSystem mount(FileClock clock, String options) throws FileException {
        return Ext4FileSystem.mount(
                storage,
                MountOptions.of(clock)
                        .telling(
                                told::add,
                                text -> {
                                    throw new AssertionError(text);
                                })
                        .with(options));
    }

    Ext4FileSystem mount() throws FileException {
        return mount(() -> 1_700_000_000_123_456_789L, "");
    }

    /** The file, for tools. */
    Path save() throws IOException {
        Files.write(path, storage.image());
        return path;
    }

    /**
     * Fails if there is anything that e2fsck complains of. That a tree could have one level less is
     * no complaint: what was cut is as Linux leaves it.
     */
    void assertClean() throws IOException {
        HostTools.Result result = E2fsprogs.run("e2fsck", "-fn", save());
        List<String> said =
                result.text()
                        .lines()
                        .filter(line -> !line.isBlank() && !line.contains(OPTIMIZE))
                        .toList();
        // The version, five passes, and a line with counts.
        boolean isClean = result.exitCode() == 0 && said.size() == 7;
        assertEquals(true, isClean, result.text());
    }
}
