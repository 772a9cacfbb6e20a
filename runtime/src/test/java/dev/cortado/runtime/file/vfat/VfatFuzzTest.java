package dev.cortado.runtime.file.vfat;

import dev.cortado.runtime.file.FuzzedVolumes;
import dev.cortado.runtime.file.HostTools;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Damaged volumes. Scaled by {@code cortado.vfat.fuzz}. */
final class VfatFuzzTest {
    private static final int IMAGES = Integer.getInteger("cortado.vfat.fuzz", 500);
    private static final long SEED = Long.getLong("cortado.vfat.seed", 1);

    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource({"200, -F 12 -s 1", "2600, -F 16 -s 1 -f 1", "34000, -F 32 -s 1 -f 1"})
    void nothingButErrors(int kilobytes, String options) throws Exception {
        Path image = directory.resolve("image");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(kilobytes << 10);
        }
        HostTools.output(
                "mkfs.fat",
                Stream.concat(Stream.of(options.split(" ")), Stream.of(image)).toArray());
        HostTools.output("mcopy", "-s", "-i", image, tree(), "::");
        FuzzedVolumes.run(
                Files.readAllBytes(image),
                SEED,
                IMAGES,
                storage -> VfatFileSystem.mount(storage, 64 << 10));
    }

    private Path tree() throws IOException {
        Path all = Files.createDirectory(directory.resolve("all"));
        Path deep = all;
        for (int depth = 0; depth < 10; depth++) {
            deep = Files.createDirectory(deep.resolve("d" + depth));
        }
        for (int file = 0; file < 20; file++) {
            Files.write(all.resolve("file" + "x".repeat(file * 4)), new byte[file * 300]);
        }
        return all;
    }
}
