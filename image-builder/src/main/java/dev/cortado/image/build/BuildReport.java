package dev.cortado.image.build;

import java.time.Duration;
import java.util.List;

/**
 * What a build has made of one artifact.
 *
 * @param artifact the bootable image
 * @param imageBytes size of the image file
 * @param upToDate whether everything was there already and nothing was compiled
 * @param elapsed time it took, with what it shares with others
 * @param formats what was made of it for programs that import images
 */
public record BuildReport(
        Artifact artifact,
        long imageBytes,
        boolean upToDate,
        Duration elapsed,
        List<FormatReport> formats) {
    public BuildReport {
        formats = List.copyOf(formats);
    }
}
