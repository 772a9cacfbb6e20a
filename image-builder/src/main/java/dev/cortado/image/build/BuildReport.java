package dev.cortado.image.build;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a build has made.
 *
 * @param image the bootable image
 * @param debug an ELF file with symbols and line numbers, for gdb
 * @param imageBytes size of the image file
 * @param upToDate whether everything was there already and nothing was compiled
 * @param elapsed time it took
 */
public record BuildReport(
        Path image, Path debug, long imageBytes, boolean upToDate, Duration elapsed) {}
