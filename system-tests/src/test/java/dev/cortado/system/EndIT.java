package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways a machine ends: by itself, and asked by others. */
final class EndIT {
    private static final long PATIENCE_SECONDS = 120;

    @TempDir Path directory;

    /** QEMU as people start it by hand, without a device that was made to end it. */
    private Outcome bare(String machine, String arguments, String... more)
            throws IOException, InterruptedException {
        Path console = directory.resolve("console");
        Process process =
                new ProcessBuilder(command(machine, arguments, console, more))
                        .redirectErrorStream(true)
                        .start();
        try {
            process.getOutputStream().close();
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it does not end");
            return new Outcome(process.exitValue(), Files.readString(console));
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> command(
            String machine, String arguments, Path console, String... more) {
        Stream<String> words =
                Stream.of(
                        "qemu-system-x86_64",
                        "-M",
                        machine,
                        "-cpu",
                        "max",
                        "-display",
                        "none",
                        "-nodefaults",
                        "-serial",
                        "file:" + console,
                        "-kernel",
                        Probe.image().toString(),
                        "-append",
                        arguments);
        return Stream.concat(words, Stream.of(more)).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"microvm", "q35", "pc"})
    void aMachineIsOffAfterMain(String machine) throws Exception {
        Outcome outcome = bare(machine, "end");
        assertEquals("the end\n", outcome.console());
        assertEquals(0, outcome.exitCode());
        assertEquals("the end\n", bare(machine, "end", "-no-reboot").console());
    }

    @Test
    void aMachineWithoutAcpiIsReset() throws Exception {
        Outcome outcome = bare("microvm,acpi=off", "end", "-no-reboot");
        assertEquals("the end\n", outcome.console());
        assertEquals(0, outcome.exitCode());
    }

    /**
     * Where a reset starts the guest again, it does not run again. On the other machines the BIOS
     * has tables of its own for which QEMU has none, and they can be switched off.
     */
    @Test
    void aMachineThatCannotBeSwitchedOffHalts() throws Exception {
        Path console = directory.resolve("console");
        Process process = new ProcessBuilder(command("microvm,acpi=off", "end", console)).start();
        try {
            Session.awaitIn(console, "it halts\n");
            String text = Files.readString(console);
            assertTrue(text.startsWith("the end\ncortado: the guest has ended"), text);
            assertEquals(2, text.lines().count(), text);
            assertTrue(process.isAlive());
        } finally {
            process.destroyForcibly();
        }
    }

    /** A loader that passes a long line on. */
    @Test
    void aCommandLineThatIsTooLongIsAnError() throws Exception {
        Outcome outcome = bare("microvm", "end " + "x".repeat(5000));
        assertTrue(
                outcome.console().startsWith("cortado: the command line is too long: "),
                outcome.console());
    }

    @Test
    void aWordThatTheKernelDoesNotKnowIsAnError() throws Exception {
        Outcome outcome = bare("q35", "cortado.consol=framed -- end");
        assertTrue(
                outcome.console().startsWith("cortado: cortado.consol=framed is nothing that"),
                outcome.console());
    }

    @ParameterizedTest
    @CsvSource({"microvm,1", "microvm,2", "q35,2", "pc,1"})
    void thePowerButtonRunsShutdownHooks(String machine, String cpus) throws Exception {
        Path console = directory.resolve("console");
        Process process =
                new ProcessBuilder(
                                command(
                                        machine,
                                        "wait-for-end",
                                        console,
                                        "-smp",
                                        cpus,
                                        "-monitor",
                                        "stdio"))
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("monitor").toFile())
                        .start();
        try {
            Session.awaitIn(console, "ready\n");
            process.getOutputStream().write("system_powerdown\n".getBytes());
            process.getOutputStream().flush();
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it does not end");
            assertEquals("ready\nhook has run\n", Files.readString(console));
        } finally {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @CsvSource({"microvm,TERM,143", "q35,TERM,143", "microvm,INT,130", "pc,HUP,129"})
    void aSignalToRunEndsTheGuestAsItEndsAJvm(String machine, String signal, int code)
            throws Exception {
        Probe probe = new Probe().with("--machine", machine);
        try (Session session = new Session(probe.command("wait-for-end"))) {
            session.await("ready\n");
            session.signal(signal);
            session.await("hook has run\n");
            assertEquals(code, session.awaitEnd().exitCode());
        }
    }

    @Test
    void aProgramHandlesTheSignalItself() {
        try (Session session = new Session(new Probe().command("handle-end"))) {
            session.await("ready\n");
            session.signal("TERM");
            session.await("handling SIGTERM\n");
            session.await("hook has run\n");
            assertEquals(143, session.awaitEnd().exitCode());
        }
    }

    @Test
    void theSecondSignalKills() {
        try (Session session = new Session(new Probe().command("ignore-end"))) {
            session.await("ready\n");
            session.signal("TERM");
            session.signal("TERM");
            assertEquals(143, session.awaitEnd().exitCode());
        }
    }

    /** Ctrl-C at the terminal of whoever looks at the serial port. */
    @Test
    void controlCAtATerminalRunsShutdownHooks() {
        List<String> command =
                Stream.of(
                                "qemu-system-x86_64 -M microvm -cpu max -display none -nodefaults"
                                        .split(" "),
                                new String[] {"-serial", "stdio", "-append", "wait-for-end"},
                                new String[] {"-kernel", Probe.image().toString()})
                        .flatMap(Stream::of)
                        .toList();
        try (Session session = new Session(command)) {
            session.await("ready\n");
            session.type("\3");
            session.await("hook has run\n");
            session.awaitEnd();
        }
    }

    @ParameterizedTest
    @CsvSource({"INT,130", "TERM,143", "HUP,129"})
    void aProgramRaisesWhatEndsIt(String signal, int code) {
        Probe.run("raise", signal).is(code, "hook has run\n");
    }

    @Test
    void aProgramHandlesWhatItRaises() {
        Probe.run("handle").is(0, "default before\nSIGUSR2 12 in SIGUSR2 handler\n");
    }

    @Test
    void someSignalsCannotBeHandled() {
        Probe.run("signal-rules")
                .is(
                        0,
                        """
                        Signal already used by VM or OS: SIGKILL
                        Signal already used by VM or OS: SIGSEGV
                        Signal already used by VM or OS: SIGQUIT
                        Unknown signal: NOSUCH
                        Unknown signal: SIGINT
                        Unhandled signal: SIGUSR2
                        """);
    }
}
