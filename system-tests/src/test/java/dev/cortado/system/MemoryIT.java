package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The heap at its limit, and machines with too little memory. */
final class MemoryIT {
    @ParameterizedTest
    @ValueSource(strings = {"48M", "128M", "1G", "5G"})
    void fullHeapIsAnOutOfMemoryError(String memory) {
        new Probe()
                .with("--memory", memory)
                .start("heap-full")
                .is(0, "caught OutOfMemoryError twice\n");
    }

    @Test
    void tooLittleMemoryIsSaidBeforeTheStart() {
        new Probe().with("--memory", "16M").start("end").contains(2, "too little");
    }

    /** Without {@code cortado run}, which knows what the image needs: 16 MB do not hold it. */
    @ParameterizedTest
    @ValueSource(strings = {"8M", "16M", "18M"})
    void tooLittleMemoryIsSaidOnTheConsole(String memory) {
        Outcome outcome = new Probe().startBare(memory);
        assertTrue(outcome.console().contains("too little memory"), outcome.console());
    }
}
