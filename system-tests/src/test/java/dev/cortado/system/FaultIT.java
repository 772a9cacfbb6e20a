package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.system.xen.lab.Polling;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What may not be touched, and how a guest ends that touches it: with a report, not in silence. */
final class FaultIT {
    private static final int PANIC = 70;
    private static final String PROTECTED = ", which is protected";
    private static final String NOT_MAPPED = ", where nothing is mapped";
    private static final String MAIN = ", in thread \\d+ \"main\"";
    private static final String HEX = "0x[0-9a-f]{16}";

    /** In the direct map, after the machine's 128 MiB and before the devices below 4 GiB. */
    private static final String HOLE_IN_MEMORY = "0x4000a0000000";

    /** Among the addresses of device memory, where nobody has mapped any. */
    private static final String HOLE_IN_DEVICES = "0x600000f00000";

    /** The stack of the thread that failed, from the probe that made it fail. */
    private static final String STACK =
            "Stack of this thread, "
                    + HEX
                    + " to "
                    + HEX
                    + ", used from "
                    + HEX
                    + "\n(  at "
                    + HEX
                    + " \\(not Java code\\)\n)?(  at .*\n)*?"
                    + "  at "
                    + HEX
                    + " dev\\.cortado\\.system\\.guest\\.(Fault|Memory)Probes[.$].*\n";

    @TempDir Path directory;

    /** By its device pvpanic, when the report is out: by default it ends the machine then. */
    @ParameterizedTest
    @ValueSource(strings = {"q35", "pc"})
    void qemuHearsOfAPanic(String machine) {
        List<String> device = List.of("-device", "pvpanic", "-action", "panic=pause");
        try (EmulatedMachine guest = new EmulatedMachine(machine, "read 0x10", directory, device)) {
            guest.session.await("cortado: panicked: page fault");
            Polling.await(
                    Duration.ofMinutes(1),
                    () -> guest.command("info status").contains("paused (guest-panicked)"),
                    () -> guest.command("info status"));
        }
    }

    @Test
    void codeIsNotWritable() throws IOException {
        String code = address("text", 0.5);
        panics(Probe.run("write", code), pageFault("writing", code, PROTECTED));
    }

    @Test
    void constantsOfTheCodeAreNotWritable() throws IOException {
        String constant = address("rodata", 0.5);
        panics(Probe.run("write", constant), pageFault("writing", constant, PROTECTED));
    }

    @Test
    void constantObjectsAreNotWritable() {
        String constant = "0x000010[0-9a-f]{10}";
        panics(Probe.run("write-constant"), pageFault("writing", constant, PROTECTED));
    }

    @Test
    void dataIsNotExecutable() throws IOException {
        // Its middle may be beside the boot stack, where nothing is mapped.
        String data = address("data", 0);
        panics(Probe.run("jump", data), pageFault("executing", data, PROTECTED));
    }

    @Test
    void theHeapIsNotExecutable() {
        String object = "0x00001[0-9a-f]{11}";
        panics(Probe.run("execute-heap"), pageFault("executing", object, PROTECTED));
    }

    @Test
    void pageZeroIsNotMapped() {
        panics(Probe.run("read", "0x10"), pageFault("reading", "0x0{14}10", NOT_MAPPED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x17fff0000000", "0x300000000000", HOLE_IN_MEMORY, HOLE_IN_DEVICES})
    void whatIsNotThereIsNotMapped(String address) {
        String shown = "0x0000" + address.substring(2);
        panics(Probe.run("read", address), pageFault("reading", shown, NOT_MAPPED));
    }

    @Test
    void anAddressThatCannotBeIsAGeneralProtectionFault() {
        panics(
                Probe.run("read", "0x800000000000"),
                "general protection fault at " + HEX + " \\(error code 0x0{16}\\)" + MAIN);
    }

    @Test
    void runningOverTheStacksEndNamesTheStack() {
        String stack = "0x00003[0-9a-f]{11}";
        String console =
                panics(
                        Probe.run("overrun-stack"),
                        "stack overflow: nothing is mapped at "
                                + stack
                                + ", below the stack from "
                                + stack
                                + MAIN);
        assertContains(console, "  at .*FaultProbes\\.overrunStack\\(FaultProbes.java:\\d+\\)\n");
        assertContains(console, "  and more frames\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "4"})
    void theReportShowsAllThreads(String cpus) {
        String console =
                panics(
                        new Probe().with("--cpus", cpus).start("fault-beside-threads"),
                        "page fault: writing address 0x0{16}, where nothing is mapped"
                                + ", in thread \\d+ \"victim\"");
        assertContains(console, "RIP " + HEX + " points into AOT compiled code .*FaultProbes");
        assertContains(console, "Memory: \\d+ KiB of \\d+ KiB free\n");
        assertContains(console, "Java heap: \\d+ KiB used, \\d+ KiB committed, at most \\d+ KiB\n");
        String frames = ", stack " + HEX + " to " + HEX + "\n(  at .*\n)*?  at .*FaultProbes";
        assertContains(console, "Thread \\d+ \"main\", WAITING" + frames);
        assertContains(console, "Thread \\d+ \"waiter\", daemon, WAITING" + frames);
        // Its CPU may be stopped in an interrupt, whose frames come first then.
        String spinner = frames.replace("(  at .*\n)", "(  (at .*|interrupted)\n)");
        assertContains(console, "Thread \\d+ \"spinner\", RUNNABLE" + spinner);
        assertContains(console, "  at .*LockSupport\\.park\\(LockSupport\\.java:\\d+\\)\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "4"})
    void theReportShowsWhatAnInterruptHasInterrupted(String cpus) {
        String console =
                panics(
                        new Probe().with("--cpus", cpus).start("fault-in-interrupt"),
                        "page fault: writing address 0x0{16}, where nothing is mapped"
                                + ", in thread \\d+ \"main\"");
        assertContains(
                console,
                "  at .*FaultyHandler\\.handle.*\n(  at .*\n)*  at .*KernelEntry\\.interrupt.*\n"
                        + "  interrupted\n(  at .*\n)*?  at .*FaultProbes\\.interruptItself");
    }

    @Test
    void aFaultWithinTheReportEndsOnlyASection() {
        String cause =
                "panicked: page fault: writing address 0x0{16}, where nothing is mapped, in thread"
                        + " \\d+\n";
        Probe.Result result = Probe.run("fault-with-broken-heap");
        String console = result.outcome().console();
        assertContains(console, "\\(another CPU exception while this was printed: ");
        assertContains(console, "\nRegisters:\n");
        assertContains(console, STACK);
        assertContains(console, "KiB committed");
        assertContains(console, "\ncortado: " + cause + "cortado: image " + cause + "$");
        assertEquals(PANIC, result.outcome().exitCode(), console);
    }

    @Test
    void aFatalErrorOfTheJavaRuntimeIsReportedAlike() {
        panics(
                Probe.run("-XX:+ReportFatalErrorOnOutOfMemoryError", "heap-full"),
                "fatal error of the Java runtime: .*OutOfMemoryError" + MAIN);
    }

    /** The report's first line, its last, and what cortado run says all give this reason. */
    private static String panics(Probe.Result result, String reason) {
        String console = result.outcome().console();
        assertContains(console, "\ncortado: panic: " + reason + "\n");
        assertContains(
                console,
                "\ncortado: panicked: " + reason + "\ncortado: image panicked: " + reason + "\n$");
        assertContains(console, STACK);
        assertEquals(PANIC, result.outcome().exitCode(), console);
        return console;
    }

    private static String pageFault(String access, String address, String why) {
        return "page fault: " + access + " address " + address + why + MAIN;
    }

    private static void assertContains(String console, String pattern) {
        assertTrue(
                Pattern.compile(pattern).matcher(console).find(),
                () -> "no " + pattern + " in:\n" + console);
    }

    /** An address in a segment of the probes' image, this part of its size behind its begin. */
    private static String address(String segment, double part) throws IOException {
        Outcome inspected = Cortado.command("inspect", "--json", Probe.image().toString());
        JsonNode image = new JsonMapper().readTree(inspected.console());
        for (JsonNode each : image.get("segments")) {
            if (each.get("name").asText().equals(segment)) {
                long begin = Long.decode(each.get("virtualAddress").asText());
                return "0x%016x"
                        .formatted(begin + (long) (each.get("memorySize").asLong() * part) & -64);
            }
        }
        throw new AssertionError("no segment " + segment + " in " + image);
    }
}
