package dev.cortado.image.build;

import java.time.Duration;

/**
 * What a build has made of one artifact.
 *
 * @param artifact the bootable image
 * @param imageBytes size of the image file
 * @param upToDate whether everything was there already and nothing was compiled
 * @param elapsed time it took, with what it shares with others
 */
public record BuildReport(Artifact artifact, long imageBytes, boolean upToDate, Duration elapsed) {}
