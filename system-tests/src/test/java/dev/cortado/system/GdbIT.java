package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A guest looked at with gdb itself, started as {@code cortado run --gdb} says. */
final class GdbIT {
    private static final int PANIC = 70;
    private static final String WAITING = "cortado: waiting for gdb: ";

    @Test
    void stopsInAJavaMethodAndShowsWhoCalledIt() throws Exception {
        Process guest = start("arguments", "one");
        try (BufferedReader console = guest.inputReader()) {
            String shown =
                    debug(
                            console,
                            "break dev.cortado.system.guest.ProcessProbes::arguments",
                            "continue",
                            "backtrace",
                            "info symbol cortado_out8",
                            "info line dev.cortado.kernel.machine.Machine::exit",
                            "delete",
                            "continue");
            assertContains(
                    shown,
                    "Breakpoint 1, dev.cortado.system.guest.ProcessProbes::arguments"
                            + "(java.lang.String[]*) (arguments=");
            assertContains(shown, ") at dev/cortado/system/guest/ProcessProbes.java:");
            assertContains(shown, "in dev.cortado.system.guest.Probes::main(java.lang.String[]*)");
            assertContains(shown, "at dev/cortado/system/guest/Probes.java:");
            assertContains(shown, "cortado_out8 in section .text");
            assertContains(shown, "of \"dev/cortado/kernel/machine/Machine.java\"");
            assertEquals("argument [one]", console.readLine());
            assertTrue(guest.waitFor(1, TimeUnit.MINUTES));
            assertEquals(0, guest.exitValue());
        } finally {
            guest.destroy();
        }
    }

    /** gdb sends the idle CPU astray, where no Java thread is the current one. */
    @Test
    void aFailureOutsideOfJavaThreadsIsReportedWithTheirStacks() throws Exception {
        Process guest = start("echo");
        try (BufferedReader console = guest.inputReader()) {
            debug(
                    console,
                    "break dev.cortado.kernel.console.Keyboard::read",
                    "continue",
                    "delete",
                    "break *cortado_wait_for_interrupt",
                    "continue",
                    "delete",
                    "set $rip = 0x10",
                    "continue");
            String shown = console.lines().collect(Collectors.joining("\n"));
            assertContains(
                    shown,
                    "cortado: image panicked: page fault: executing address 0x0000000000000010,"
                            + " where nothing is mapped, in thread 1, which runs no Java code");
            String idle = shown.substring(shown.indexOf("Stack of this thread"));
            assertContains(
                    idle.substring(0, idle.indexOf("Memory: ")),
                    "dev.cortado.kernel.thread.Scheduler.idle(Scheduler.java:");
            assertFalse(idle.substring(0, idle.indexOf("Memory: ")).contains("java.lang"), idle);
            assertContains(idle, "\"main\", RUNNABLE");
            assertContains(idle, "dev.cortado.system.guest.ProcessProbes.echo(ProcessProbes.java:");
            assertTrue(guest.waitFor(1, TimeUnit.MINUTES));
            assertEquals(PANIC, guest.exitValue());
        } finally {
            guest.destroy();
        }
    }

    /** Runs the command that the guest's first line names, then these; returns what gdb shows. */
    private static String debug(BufferedReader console, String... commands) throws IOException {
        String line = console.readLine();
        assertTrue(line != null && line.startsWith(WAITING), line);
        String gdb =
                line.substring(WAITING.length())
                        + " -nx -batch"
                        + Arrays.stream(commands)
                                .map(" -ex '%s'"::formatted)
                                .collect(Collectors.joining());
        return Outcome.of(List.of("sh", "-c", gdb), "").console();
    }

    private static void assertContains(String text, String part) {
        assertTrue(text.contains(part), () -> "no \"" + part + "\" in:\n" + text);
    }

    private static Process start(String... probe) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        List<String> command =
                new Probe().with("--gdb-port", Integer.toString(port)).with("--gdb").command(probe);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
