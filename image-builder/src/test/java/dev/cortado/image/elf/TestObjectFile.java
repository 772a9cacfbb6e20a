package dev.cortado.image.elf;

import dev.cortado.image.TestObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An object file as the compiler would leave it, for tests of other packages. */
public final class TestObjectFile {
    private TestObjectFile() {}

    /** Writes the program of {@link TestObjects}. */
    public static Path write(Path file) throws IOException {
        return Files.write(file, ElfObjectWriter.write(TestObjects.program()));
    }
}
