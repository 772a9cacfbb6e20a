package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A guest looked at with gdb itself, started as {@code cortado run --gdb} says. */
final class GdbIT {
    private static final String WAITING = "cortado: waiting for gdb: ";

    @Test
    void stopsInAJavaMethodAndShowsWhoCalledIt() throws Exception {
        Process guest = start("recursion");
        try (BufferedReader console = guest.inputReader()) {
            String line = console.readLine();
            assertTrue(line != null && line.startsWith(WAITING), line);
            String gdb =
                    line.substring(WAITING.length())
                            + " -nx -batch"
                            + " -ex 'break dev.cortado.system.guest.MemoryProbes::recursion'"
                            + " -ex continue -ex backtrace"
                            + " -ex 'info symbol cortado_out8'"
                            + " -ex 'info line dev.cortado.kernel.machine.Machine::exit'"
                            + " -ex delete -ex continue";
            String shown = Outcome.of(List.of("sh", "-c", gdb), "").console();
            assertContains(
                    shown,
                    "Breakpoint 1, dev.cortado.system.guest.MemoryProbes::recursion() ()"
                            + " at dev/cortado/system/guest/MemoryProbes.java:");
            assertContains(shown, "in dev.cortado.system.guest.Probes::main(java.lang.String[]*)");
            assertContains(shown, "at dev/cortado/system/guest/Probes.java:");
            assertContains(shown, "cortado_out8 in section .text");
            assertContains(shown, "of \"dev/cortado/kernel/machine/Machine.java\"");
            assertEquals("caught StackOverflowError", console.readLine());
            assertTrue(guest.waitFor(1, TimeUnit.MINUTES));
            assertEquals(0, guest.exitValue());
        } finally {
            guest.destroy();
        }
    }

    private static void assertContains(String text, String part) {
        assertTrue(text.contains(part), () -> "no \"" + part + "\" in:\n" + text);
    }

    private static Process start(String probe) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        List<String> command =
                new Probe().with("--gdb-port", Integer.toString(port)).with("--gdb").command(probe);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
