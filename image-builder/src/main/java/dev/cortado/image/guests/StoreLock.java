package dev.cortado.image.guests;

import dev.cortado.image.UserError;
import dev.cortado.image.cache.FileClaim;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The lock on all guests of a user. Nobody holds it for longer than it takes to write a few files.
 *
 * @param file made when it is first needed, with its directory
 */
record StoreLock(Path file) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 5;

    /**
     * Waits for it.
     *
     * @throws UserError if somebody does not give it back
     */
    FileClaim take() throws IOException {
        PrivateFiles.createDirectories(file.getParent());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Optional<FileClaim> claim = FileClaim.of(file);
        while (claim.isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                throw new UserError(
                        "another command has held %s for %d s: end that command, and try again"
                                .formatted(file, PATIENCE.toSeconds()));
            }
            pause();
            claim = FileClaim.of(file);
        }
        return claim.get();
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
