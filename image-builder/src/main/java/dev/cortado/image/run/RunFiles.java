package dev.cortado.image.run;

import dev.cortado.boot.layout.KernelWords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What lies on the disk while a guest runs in QEMU: a directory of its own. */
public record RunFiles(Path directory) implements AutoCloseable {
    static RunFiles create() throws IOException {
        return new RunFiles(Files.createTempDirectory("cortado-run-"));
    }

    /** Where QEMU puts what the guest tells the debug console. */
    public Path status() {
        return directory.resolve("status");
    }

    /** Where QEMU listens. */
    public PowerControl control() {
        return new PowerControl(directory.resolve("control"));
    }

    /** The disk that it is started from, if it is. */
    Path disk() {
        return directory.resolve("disk.img");
    }

    /** The arguments of a program that has too many for a loader's command line. */
    Path arguments() {
        return directory.resolve("arguments");
    }

    void writeArguments(String line) throws IOException {
        Files.writeString(arguments(), KernelWords.MODULE + line, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        for (Path file : List.of(status(), control().socket(), disk(), arguments(), directory)) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // A few bytes in the directory for temporary files do no harm.
                continue;
            }
        }
    }
}
