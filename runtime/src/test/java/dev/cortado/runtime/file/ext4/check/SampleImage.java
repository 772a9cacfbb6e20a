package dev.cortado.runtime.file.ext4.check;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.ext4.make.E2fsprogs;
import dev.cortado.runtime.file.ext4.make.FileStorage;
import dev.cortado.runtime.file.storage.transaction.DirectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A small file system with something of everything, made by e2fsprogs. */
final class SampleImage {
    static final long BYTES = 16 << 20;

    private static final long STORE_BYTES = 4 << 20;
    private static final int FILES = 60;

    private final Path directory;
    private final Path image;

    private SampleImage(Path directory) {
        this.directory = directory;
        image = directory.resolve("image");
    }

    /**
     * @param options of mke2fs
     */
    static SampleImage make(Path directory, String options) throws IOException {
        SampleImage sample = new SampleImage(directory);
        FileStorage.of(sample.image, BYTES).close();
        List<Object> arguments = new ArrayList<>(List.of("-q", "-F"));
        arguments.addAll(List.of(options.split(" ")));
        arguments.add(sample.image);
        E2fsprogs.output("mke2fs", arguments.toArray());
        sample.fill();
        return sample;
    }

    /** Another one with the same bytes. */
    SampleImage copy(Path elsewhere) throws IOException {
        SampleImage copy = new SampleImage(elsewhere);
        Files.copy(image, copy.image);
        return copy;
    }

    /** Directories, files small, large and with holes, links of both kinds, attributes. */
    private void fill() throws IOException {
        byte[] content = new byte[300_000];
        new Random(1).nextBytes(content);
        Path large = Files.write(directory.resolve("large"), content);
        Path hole = directory.resolve("hole");
        FileStorage.of(hole, 9 << 20).close();
        List<String> requests = new ArrayList<>();
        requests.add("mkdir d");
        requests.add("mkdir d/deep");
        requests.add("mkdir d/deep/deeper");
        requests.add("write " + large + " large");
        requests.add("write " + hole + " hole");
        requests.add("symlink short target");
        requests.add("symlink long " + "t".repeat(200));
        requests.add("mknod pipe p");
        requests.add("ea_set large user.name value");
        requests.add("ea_set d user.long " + "v".repeat(600));
        for (int i = 0; i < FILES; i++) {
            Path small = Files.writeString(directory.resolve("f" + i), "content " + i);
            requests.add("write " + small + " d/f" + i);
        }
        debugfs(requests.toArray(String[]::new));
        // Which makes indexes of directories.
        E2fsprogs.run("e2fsck", "-fyD", image);
    }

    Path file() {
        return image;
    }

    void debugfs(String... requests) throws IOException {
        Path commands = Files.write(directory.resolve("commands"), List.of(requests));
        E2fsprogs.output("debugfs", "-w", "-f", commands, image);
    }

    /** What the checker finds. */
    List<String> check(long memoryBytes) throws IOException, FileException {
        List<String> findings = new ArrayList<>();
        try (FileStorage storage = FileStorage.of(image, BYTES)) {
            Geometry geometry = Geometry.of(storage);
            DirectStore store =
                    new DirectStore(
                            storage,
                            geometry.blockBytes(),
                            geometry.blocks(),
                            true,
                            STORE_BYTES,
                            () -> {});
            long count = Ext4Checker.check(geometry, store, memoryBytes, findings::add);
            if (count != findings.size()) {
                throw new AssertionError(count + " findings: " + findings);
            }
        }
        return findings;
    }
}
