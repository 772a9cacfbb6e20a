package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Machines with as many CPUs as the kernel runs, and with more. */
final class ManyProcessorsIT {
    private static final int PANIC = 70;

    @ParameterizedTest
    @CsvSource({"q35, 33", "q35, 64", "pc, 40", "microvm, 64"})
    void theProgramHasAllCpus(String machine, String cpus) {
        on(machine, cpus).start("processors").is(0, cpus + " processors\n");
    }

    /** Those of the rest are the firmware's, and are let alone. */
    @ParameterizedTest
    @CsvSource({"q35, 65", "pc, 255"})
    void aMachineWithMoreThanTheKernelRunsBootsAndSaysSo(String machine, String cpus) {
        String word = "cortado: 64 of this machine's %s CPUs are used: a kernel runs no more\n";
        on(machine, cpus).start("processors").is(0, word.formatted(cpus) + "64 processors\n");
    }

    @ParameterizedTest
    @CsvSource({"q35, 40", "pc, 66"})
    void aPanicStopsThoseThatTheKernelRuns(String machine, String cpus) {
        Probe.Result result = on(machine, cpus).start("read", "0x10");
        String console = result.outcome().console();
        result.contains(PANIC, "cortado: panicked: page fault: reading address");
        assertEquals(1, console.split("cortado: panic: ", -1).length - 1, console);
    }

    private static Probe on(String machine, String cpus) {
        return new Probe().with("--machine", machine, "--cpus", cpus, "--memory", "512M");
    }
}
