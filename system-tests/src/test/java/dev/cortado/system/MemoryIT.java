package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    /** From what the console says is the least, on. */
    @Test
    void heapOfTheSmallestMachinesIsAnOutOfMemoryError() {
        Matcher least = Pattern.compile("needs at least (\\d+) MiB").matcher("");
        // With less than the image itself, nobody is there yet to count.
        for (int memory = 16; !least.find() && memory < 64; memory += 2) {
            least.reset(new Probe().startBare(memory + "M").console());
        }
        assertTrue(least.reset().find());
        int first = Integer.parseInt(least.group(1));
        for (int memory = first; memory <= first + 16; memory++) {
            Outcome outcome = new Probe().startBare(memory + "M", "heap-edge");
            assertTrue(
                    outcome.console().endsWith("caught OutOfMemoryError\n"),
                    memory + "M: " + outcome.console());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"48M", "128M"})
    void threadsUntilMemoryIsGoneAreAnOutOfMemoryError(String memory) {
        new Probe()
                .with("--memory", memory)
                .start("threads-full")
                .contains(0, "OutOfMemoryError: Unable to create native thread", "\nalive\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"48M", "256M"})
    void directMemoryAndHeapShareTheMachine(String memory) {
        new Probe()
                .with("--memory", memory)
                .start("direct-full")
                .contains(0, "no direct memory\n", "caught OutOfMemoryError thrice\n");
    }

    /** Several threads are promised what is left at the same time: garbage makes room for all. */
    @ParameterizedTest
    @ValueSource(strings = {"96M", "128M"})
    void directMemoryIsThereAsLongAsThereIsGarbage(String memory) {
        new Probe()
                .with("--memory", memory, "--cpus", "4")
                .start("direct-by-many")
                .is(0, "all had theirs\n");
    }

    @Test
    void oneBufferMayHaveHalfTheMachine() {
        new Probe().with("--memory", "2G").start("direct-hold", "1024").is(0, "held 1024M\n");
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
