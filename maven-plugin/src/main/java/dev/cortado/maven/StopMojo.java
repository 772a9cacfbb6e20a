package dev.cortado.maven;

import dev.cortado.image.UserError;
import java.time.Duration;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Ends the guests that {@code cortado:start} has started in this build of the project: by the power
 * button, which is SIGTERM to the program, or by force. Fails if one has died or panicked.
 */
@Mojo(name = "stop", defaultPhase = LifecyclePhase.POST_INTEGRATION_TEST, threadSafe = true)
public final class StopMojo extends AbstractImageMojo {
    /** How many seconds a guest may take to end before it is killed. */
    @Parameter(property = "cortado.stopTimeout", defaultValue = "10")
    private long stopTimeout;

    @Override
    void perform() {
        if (stopTimeout < 0 || stopTimeout > Duration.ofDays(1).toSeconds()) {
            throw new UserError("stopTimeout is " + stopTimeout + ": set it to 0 to 86400 seconds");
        }
        BackgroundGuests.of(this).stop(Duration.ofSeconds(stopTimeout), getLog());
    }
}
