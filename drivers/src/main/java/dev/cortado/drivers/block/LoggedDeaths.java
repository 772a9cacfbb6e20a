package dev.cortado.drivers.block;

import dev.cortado.kernel.device.DeviceFaults;
import dev.cortado.kernel.ipc.RestartPolicy;
import dev.cortado.kernel.ipc.ServiceListener;
import java.time.Duration;
import java.util.function.Consumer;

/** Deaths of a disk's driver: its users go on, but somebody should look at that. */
public record LoggedDeaths(Consumer<String> log) implements ServiceListener {
    /** Deaths are borne as long as there is time to do something in between. */
    public static final RestartPolicy POLICY =
            new RestartPolicy(
                    60, Duration.ofMinutes(1), Duration.ofMillis(1), Duration.ofSeconds(1));

    @Override
    public void died(String service, Throwable cause, Duration restartIn) {
        DeviceFaults.add(service, DeviceFaults.Kind.DEATH);
        log.accept(service + " has died and is started again: " + cause);
    }

    @Override
    public void restarted(String service) {
        // Nobody has noticed.
    }

    @Override
    public void gaveUp(String service, Throwable cause) {
        log.accept(service + " was given up: " + cause);
    }
}
