package dev.cortado.image.image;

import java.nio.file.Path;

/** The files beside a stripped image: one for gdb, and one with the sizes of its classes. */
public final class SideFiles {
    private SideFiles() {}

    /**
     * An ELF file with symbols and line numbers; {@code nm} and {@code objdump} read it as well.
     */
    public static Path debug(Path image) {
        return beside(image, ".debug");
    }

    /** Written by the compiler; see {@code dev.cortado.image.inspect.SizeReport}. */
    public static Path sizes(Path image) {
        return beside(image, ".sizes.json");
    }

    private static Path beside(Path image, String suffix) {
        return image.resolveSibling(image.getFileName() + suffix);
    }

    /**
     * Writes the debug file of {@code image}, which is (to be) written to {@code file}.
     *
     * @throws dev.cortado.image.UserError if it cannot be written
     */
    public static void writeDebug(GuestImage image, Path file) {
        AtomicFile.write(debug(file), new DebugFile(image).toBytes());
    }
}
