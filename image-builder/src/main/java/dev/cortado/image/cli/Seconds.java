package dev.cortado.image.cli;

import dev.cortado.image.UserError;
import java.time.Duration;

/** Times as options have them: seconds, with a fraction if need be. */
final class Seconds {
    private Seconds() {}

    /**
     * @throws UserError if it is not more than 0
     */
    static Duration of(String option, double seconds) {
        long millis = (long) (seconds * 1000);
        if (millis <= 0) {
            throw new UserError(option + " must be more than 0 seconds");
        }
        return Duration.ofMillis(millis);
    }
}
