package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments, standard streams, clocks and exit codes of a guest. */
final class ProcessIT {
    @Test
    void commandLineBecomesArgumentsAndProperties() {
        Probe.run("arguments", "one", "two words", "quote\"and\\slash", "-Dprobe.word=espresso")
                .is(
                        0,
                        """
                        argument [one]
                        argument [two words]
                        argument [quote"and\\slash]
                        property [espresso]
                        """);
    }

    @Test
    void variablesComeFromTheBuildAndFromTheCommandLine() {
        new Probe()
                .with("--env", "PROBE_A=two  words, \"quotes\", \\ and caf\u00e9 \u2615")
                .with("--env", "PROBE_BOTH=by the command line")
                .with("--env", "PROBE_EMPTY=")
                .with("--env", "PROBE_URL=http://example.org/?a=b&c=d")
                .with("--env", "PROBE_LINES=one\ntwo")
                .with("--env", "PROBE_NONE")
                .start("environment")
                .is(
                        0,
                        """
                        PROBE_A [two  words, "quotes", \\ and caf\u00e9 \u2615]
                        PROBE_BOTH [by the command line]
                        PROBE_BUILT [by "the" build, caf\u00e9]
                        PROBE_EMPTY []
                        PROBE_LINES [one
                        two]
                        PROBE_URL [http://example.org/?a=b&c=d]
                        """);
    }

    /** The program's own words come behind them, by the same module. */
    @Test
    void manyVariablesComeAsAModule() {
        String value = "x y".repeat(3000);
        new Probe()
                .with("--env", "PROBE_LONG=" + value)
                .start("environment", "-Da=b")
                .contains(0, "PROBE_BUILT [", "PROBE_LONG [" + value + "]\n");
    }

    /** As somebody writes it who starts the image by hand. */
    @Test
    void wordsForTheKernelAreVariablesWhereverTheLoaderPutsItsOwn() {
        Outcome outcome =
                new Probe()
                        .startBare(
                                "64M",
                                "cortado.console=terminal cortado.env=A=\"b c\"",
                                "\"cortado.env=D=e f\" cortado.env=NONE cortado.env==x",
                                "pci=off -- environment cortado.env=PROGRAMS=own");
        List<String> lines = outcome.console().replace("\r", "").lines().toList();
        assertTrue(lines.contains("A [b c]"), outcome::console);
        assertTrue(lines.contains("D [e f]"), outcome::console);
        assertTrue(lines.contains("PROBE_BOTH [by the build]"), outcome::console);
        assertTrue(
                lines.contains(
                        "cortado: configuration: command line: cortado.env=NONE: it has no equals"
                                + " sign behind the name; left out"),
                outcome::console);
        assertTrue(
                lines.contains(
                        "cortado: configuration: command line: cortado.env=: the name is empty;"
                                + " left out"),
                outcome::console);
        assertTrue(lines.stream().noneMatch(line -> line.startsWith("PROGRAMS")), "an argument");
    }

    /** Firecracker's own, at the end or in front of the program's; and a copied line. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "arguments one two pci=off root=/dev/vda rw",
                "cortado.console=terminal pci=off root=/dev/vda ro -- arguments one two",
                "console=ttyS0 reboot=k panic=1 pci=off nomodules -- arguments one two"
            })
    void theProgramGetsNoWordsForLinux(String line) {
        Outcome outcome = new Probe().startBare("64M", line.split(" "));
        assertEquals(
                List.of("argument [one]", "argument [two]"),
                outcome.console().lines().filter(word -> word.startsWith("argument ")).toList(),
                outcome::console);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 70, 127, 128, 200, 255})
    void systemExitIsTheExitCode(int code) {
        Probe.run("exit", Integer.toString(code)).is(code, "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"microvm", "q35", "pc"})
    void endOfMainEndsTheMachine(String machine) {
        new Probe().with("--machine", machine).start("end").is(0, "the end\n");
    }

    @Test
    void bothStreamsReachTheConsole() {
        Probe.run("streams")
                .is(
                        0,
                        """
                        to standard output
                        to standard error
                        bytes: caf\u00e9 \u2615
                        """);
    }

    @Test
    void standardInputIsReadToItsEnd() {
        new Probe()
                .withInput("first\nsecond line\n")
                .start("echo")
                .is(
                        0,
                        """
                        ready
                        heard [first]
                        heard [second line]
                        end of input
                        """);
    }

    @Test
    void shutdownHooksRun() {
        Probe.run("hook").is(5, "hook has run\n");
    }

    @Test
    void theWallClockAgreesWithTheHosts() {
        Probe.Result result = Probe.run("clock");
        result.contains(0, "instant ");
        String text =
                result.outcome()
                        .console()
                        .lines()
                        .filter(l -> l.startsWith("instant "))
                        .findFirst()
                        .get();
        Instant guest = Instant.parse(text.substring("instant ".length()));
        Duration difference = Duration.between(guest, Instant.now()).abs();
        assertTrue(difference.toMinutes() < 2, "the guest's wall clock says " + guest);
    }

    @Test
    void programSeesItsOwnThreadsAndMemory() {
        Probe.run("management").is(0, "Cortado amd64\nmanaged\n");
    }
}
