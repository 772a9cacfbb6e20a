package dev.cortado.image.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Remembers, in a file beside the image, which inputs it was made from and what its files looked
 * like, so that a build with the same inputs has nothing to do.
 */
final class BuildState {
    private final Path file;

    /** The state of the build that writes {@code image}. */
    BuildState(Path image) {
        this.file = image.resolveSibling(image.getFileName() + ".build");
    }

    /** Whether the outputs are there, untouched, and were made from these inputs. */
    boolean isUpToDate(String inputs, List<Path> outputs) {
        try {
            return Files.readString(file).equals(describe(inputs, outputs));
        } catch (IOException e) {
            // Something is missing or cannot be read: build.
            return false;
        }
    }

    /** To be called before an output changes. */
    void forget() throws IOException {
        Files.deleteIfExists(file);
    }

    /** To be called when all outputs are in place; {@code temporary} is a file to write first. */
    void remember(String inputs, List<Path> outputs, Path temporary) throws IOException {
        Files.writeString(temporary, describe(inputs, outputs));
        Files.move(
                temporary,
                file,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static String describe(String inputs, List<Path> outputs) throws IOException {
        StringBuilder text = new StringBuilder(inputs).append("  inputs\n");
        for (Path output : outputs) {
            String hash = Files.exists(output) ? InputHash.of(output) : "none";
            text.append(hash).append("  ").append(output.getFileName()).append('\n');
        }
        return text.toString();
    }
}
