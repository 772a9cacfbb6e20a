package dev.cortado.system;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Minutes of load, as {@code -Dcortado.stress.seconds=600} asks; a few seconds where nothing asks.
 */
final class StressIT {
    private static final int SECONDS = Integer.getInteger("cortado.stress.seconds", 10);

    /** The collector keeps not a byte for later, so that what is in use can be compared. */
    private static final String NO_RESERVE = "-XX:MaxHeapFree=1";

    private static Probe probe(String cpus) {
        return new Probe().within(SECONDS * 2 + 600).with("--cpus", cpus).with("--memory", "1G");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "4"})
    void concurrency(String cpus) {
        probe(cpus)
                .start(NO_RESERVE, "stress-concurrency", String.valueOf(SECONDS))
                .contains(0, "concurrency stress passed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "4"})
    void memory(String cpus) {
        probe(cpus)
                .start(NO_RESERVE, "stress-memory", String.valueOf(SECONDS))
                .contains(0, "memory stress passed");
    }
}
