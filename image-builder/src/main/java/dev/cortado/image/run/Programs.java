package dev.cortado.image.run;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Programs in the directories of the environment variable PATH. */
final class Programs {
    private Programs() {}

    static Optional<Path> find(String path, String name) {
        for (String directory : path.split(File.pathSeparator)) {
            try {
                Path candidate = Path.of(directory, name);
                if (!directory.isBlank()
                        && Files.isRegularFile(candidate)
                        && Files.isExecutable(candidate)) {
                    return Optional.of(candidate);
                }
            } catch (InvalidPathException e) {
                // PATH may contain anything.
                continue;
            }
        }
        return Optional.empty();
    }
}
