package dev.cortado.image.build;

import dev.cortado.image.format.OutputFormat;
import java.nio.file.Path;

/**
 * What a build has made of an artifact in one format.
 *
 * @param file absolute
 * @param bytes size of the file
 * @param upToDate whether it was there already
 */
public record FormatReport(OutputFormat format, Path file, long bytes, boolean upToDate) {}
