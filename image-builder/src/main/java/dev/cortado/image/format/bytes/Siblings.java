package dev.cortado.image.format.bytes;

import dev.cortado.image.UserError;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The directory of a file that names others. */
public final class Siblings {
    private final Path directory;

    private Siblings(Path directory) {
        this.directory = directory;
    }

    /** What is beside a file, and where its relative paths lead. */
    public static Siblings of(Path file) {
        return new Siblings(file.toAbsolutePath().getParent());
    }

    /**
     * @param from the file that names it
     * @throws UserError if that is no name of a file, or there is none
     */
    public ByteSource open(ByteSource from, String name) {
        try {
            return FileSource.open(directory.resolve(name));
        } catch (InvalidPathException e) {
            throw from.damaged("\"%s\" is no name of a file", name.replaceAll("\\p{Cntrl}", "?"));
        }
    }
}
