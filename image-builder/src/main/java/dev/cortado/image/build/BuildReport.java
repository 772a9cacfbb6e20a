package dev.cortado.image.build;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a build has made.
 *
 * @param image the bootable image
 * @param symbols its symbols, for stack traces
 * @param debug an ELF file with the symbols in a form that gdb reads
 * @param imageBytes size of the image file
 * @param upToDate whether everything was there already and nothing was compiled
 * @param elapsed time it took
 */
public record BuildReport(
        Path image,
        Path symbols,
        Path debug,
        long imageBytes,
        boolean upToDate,
        Duration elapsed) {}
