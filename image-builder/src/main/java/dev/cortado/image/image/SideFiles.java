package dev.cortado.image.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The files beside a stripped image: its symbols for people and scripts, the same as an ELF file
 * for gdb ({@code symbol-file image.debug}), and the sizes of its classes.
 */
public final class SideFiles {
    private SideFiles() {}

    public static Path symbols(Path image) {
        return beside(image, ".symbols");
    }

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
     * Writes the symbols and debug files of {@code image}, which is (to be) written to {@code
     * file}.
     *
     * @throws dev.cortado.image.UserError if one cannot be written
     */
    public static void write(GuestImage image, Path file) {
        byte[] text = text(image.symbols()).getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(symbols(file), ByteBuffer.wrap(text));
        AtomicFile.write(debug(file), new DebugFile(image).toBytes());
    }

    /** Lines as of {@code nm --print-size}: address, size, type letter, name; by address. */
    private static String text(SymbolTable table) {
        StringBuilder text = new StringBuilder();
        for (ImageSymbol symbol : table.symbols()) {
            char letter = symbol.function() ? 'T' : 'D';
            text.append("%016x %016x ".formatted(symbol.address(), symbol.size()));
            text.append(symbol.global() ? letter : Character.toLowerCase(letter));
            text.append(' ').append(symbol.name()).append('\n');
        }
        return text.toString();
    }
}
