package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Heap and stacks at their limits, and what may not be touched. */
final class MemoryIT {
    private static final int PANIC = 70;

    @ParameterizedTest
    @ValueSource(strings = {"48M", "128M", "1G", "5G"})
    void fullHeapIsAnOutOfMemoryError(String memory) {
        new Probe()
                .with("--memory", memory)
                .start("heap-full")
                .is(0, "caught OutOfMemoryError twice\n");
    }

    @Test
    void garbageIsCollected() {
        new Probe().with("--memory", "64M").start("heap-churn").contains(0, "churned ");
    }

    @Test
    void endlessRecursionIsAStackOverflowError() {
        Probe.run("recursion").is(0, "caught StackOverflowError\n".repeat(3));
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

    @Test
    void codeIsNotWritable() {
        Probe.run("write", "0x210000")
                .contains(PANIC, "panic: page fault: writing address 0x0000000000210000");
    }

    @Test
    void pageZeroIsNotMapped() {
        Probe.run("read", "0x10")
                .contains(
                        PANIC,
                        "panic: page fault: reading address 0x0000000000000010, where nothing is mapped",
                        "MemoryProbes.read");
    }

    @Test
    void memoryThatIsNotThereIsNotMapped() {
        Probe.run("write", "0x300000000000")
                .contains(PANIC, "panic: page fault: writing address 0x0000300000000000");
    }
}
