package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How much memory Java may take. */
final class HeapLimitIT {
    /** Of small objects, which a collection moves: there must be room for that. */
    @ParameterizedTest
    @ValueSource(strings = {"32M", "48M", "128M", "256M"})
    void heapFullOfSmallObjectsIsAnOutOfMemoryError(String memory) {
        new Probe()
                .with("--memory", memory)
                .start("heap-full-of-small")
                .is(0, "caught OutOfMemoryError twice\n");
    }

    /** However much the machine has: what becomes old and is garbage then is collected in time. */
    @ParameterizedTest
    @ValueSource(strings = {"64M", "256M", "1G"})
    void heapOfWhatLeavesNothingBehindStaysSmall(String memory) {
        new Probe().with("--memory", memory).start("heap-serve", "48").is(0, "served\n");
    }

    @Test
    void machineOfFourGibibytesHoldsThree() {
        new Probe()
                .with("--memory", "4G")
                .start("heap-hold", "3000", "-Xmx3g")
                .is(0, "held 3000M\n");
    }

    @Test
    void optionsOfTheCommandLineSayHowLargeHeapAndStacksAre() {
        new Probe()
                .with("--memory", "256M")
                .start("limits", "one", "-Xmx64m", "-Xms16m", "-Xmn8m", "-Xss256k", "two")
                .contains(0, "arguments one two\n", "heap 64M\n");
        int usual = depth(Probe.run("limits"), "main");
        int deep = depth(Probe.run("limits", "-Xss8m"), "main");
        assertTrue(deep > 6 * usual && deep < 10 * usual, deep + ", usually " + usual);
        int other = depth(Probe.run("limits", "-Xss8m"), "other");
        assertTrue(other > 6 * usual && other < 10 * usual, other + ", usually " + usual);
    }

    private static int depth(Probe.Result result, String thread) {
        result.contains(0, thread + " thread ");
        String text = result.outcome().console();
        String rest = text.substring(text.indexOf(thread + " thread ") + thread.length() + 8);
        return Integer.parseInt(rest.substring(0, rest.indexOf(' ')));
    }

    @ParameterizedTest
    @CsvSource({
        "-Xmx4096G, is more memory than this machine has",
        "-Xmxabc, is not a size",
        "-Xmx1k, is too small",
        "-Xms512m, is more memory than this machine has",
        "-Xss1, is too small"
    })
    void sizesThatMakeNoSenseAreRefused(String option, String complaint) {
        Outcome outcome = Probe.run("limits", "word", option).outcome();
        assertTrue(
                outcome.console().startsWith("cortado: " + option + " " + complaint),
                outcome.console());
        assertEquals(1, outcome.console().lines().count(), outcome.console());
        assertEquals(1, outcome.exitCode());
    }
}
