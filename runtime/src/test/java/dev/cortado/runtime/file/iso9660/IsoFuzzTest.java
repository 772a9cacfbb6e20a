package dev.cortado.runtime.file.iso9660;

import dev.cortado.runtime.file.FuzzedVolumes;
import dev.cortado.runtime.file.HostTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged volumes. Scaled by {@code cortado.iso9660.fuzz}. */
final class IsoFuzzTest {
    private static final int IMAGES = Integer.getInteger("cortado.iso9660.fuzz", 500);
    private static final long SEED = Long.getLong("cortado.iso9660.seed", 1);

    @TempDir Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"-R", "-J -joliet-long", "-U", "-R -D"})
    void nothingButErrors(String options) throws Exception {
        Path tree = tree();
        Path image = directory.resolve("image.iso");
        String[] words = options.split(" ");
        Object[] arguments = new Object[words.length + 5];
        arguments[0] = "-quiet";
        arguments[1] = "-no-pad";
        System.arraycopy(words, 0, arguments, 2, words.length);
        arguments[words.length + 2] = "-o";
        arguments[words.length + 3] = image;
        arguments[words.length + 4] = tree;
        HostTools.output("genisoimage", arguments);
        FuzzedVolumes.run(
                Files.readAllBytes(image),
                SEED,
                IMAGES,
                storage -> IsoFileSystem.mount(storage, 64 << 10));
    }

    private Path tree() throws IOException {
        Path tree = Files.createDirectory(directory.resolve("tree"));
        Path deep = tree;
        for (int depth = 0; depth < 10; depth++) {
            deep = Files.createDirectory(deep.resolve("d" + depth));
        }
        for (int file = 0; file < 20; file++) {
            Files.write(tree.resolve("file" + "x".repeat(file * 4)), new byte[file * 300]);
        }
        Files.createSymbolicLink(tree.resolve("link"), Path.of("../up/./down"));
        Files.createSymbolicLink(tree.resolve("long"), Path.of("/" + "y".repeat(120)));
        return tree;
    }
}
