package dev.cortado.kernel.ipc;

import java.time.Duration;

/**
 * How often and how soon a service is started again.
 *
 * @param limit deaths within {@code period} that are borne; one more, and it is given up
 * @param firstDelay before it is started again after the first of them; each further one doubles it
 * @param longestDelay up to that
 */
public record RestartPolicy(
        int limit, Duration period, Duration firstDelay, Duration longestDelay) {
    public RestartPolicy {
        if (limit < 0
                || period.isNegative()
                || firstDelay.isNegative()
                || longestDelay.compareTo(firstDelay) < 0) {
            throw new IllegalArgumentException("No restart policy: negative, or longest < first");
        }
    }

    /** 5 deaths a minute, with delays from 10 ms to a second. */
    public static RestartPolicy usual() {
        return new RestartPolicy(
                5, Duration.ofMinutes(1), Duration.ofMillis(10), Duration.ofSeconds(1));
    }
}
