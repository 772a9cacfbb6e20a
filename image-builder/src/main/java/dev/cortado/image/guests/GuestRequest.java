package dev.cortado.image.guests;

import dev.cortado.image.UserError;
import dev.cortado.image.run.RunRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Which guest to start in the background.
 *
 * @param run what to run, and how
 * @param name none for one that is made of the image's
 * @param console the file for its output; none for one beside its record
 * @param readiness what has to answer before it is of use; none if that it runs is enough
 * @param patience how long to wait for it
 * @param keep whether a guest stays listed that did not come to be of use
 */
public record GuestRequest(
        RunRequest run,
        Optional<GuestName> name,
        Optional<Path> console,
        Optional<Readiness> readiness,
        Duration patience,
        boolean keep) {
    /** How long to wait unless somebody says otherwise. */
    public static final Duration USUAL_PATIENCE = Duration.ofSeconds(60);

    private static final Duration LONGEST_PATIENCE = Duration.ofDays(1);

    /**
     * @throws UserError if something is wanted for which somebody would have to stay, or of a port
     *     that is not forwarded
     */
    public GuestRequest {
        refuse(run.timeout().isPresent(), "--timeout", "nobody is there to end the guest then");
        refuse(run.gdb().isPresent(), "--gdb", "the guest would not start before gdb comes");
        refuse(run.monitor(), "--monitor", "there is no console to type at");
        if (!patience.isPositive() || patience.compareTo(LONGEST_PATIENCE) > 0) {
            throw new UserError("--wait-timeout must be more than 0 seconds, and at most a day");
        }
        readiness.ifPresent(target -> target.through(run.network().forwards()));
    }

    private static void refuse(boolean wanted, String option, String reason) {
        if (wanted) {
            throw new UserError(
                    "%s cannot be had with --detach: %s; leave one of them out"
                            .formatted(option, reason));
        }
    }
}
