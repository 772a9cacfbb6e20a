package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-\ and Ctrl-T on a guest's console. */
final class MonitorIT {
    private static final String DUMP = "\u001c";
    private static final String OPEN = "\u0014";

    /** Of the main thread, which comes last. */
    private static final String LAST_FRAME = "\tat dev.cortado.system.guest.Probes.main(";

    private static final String PROMPT = "monitor> ";

    private static Session start(String cpus, String memory, String... probe) {
        Probe options = new Probe().with("--monitor").with("--cpus", cpus).with("--memory", memory);
        Session session = new Session(options.command(probe));
        session.await("ready\n");
        return session;
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "4"})
    void threadDumpShowsAllThreadsAndLeavesTheProgramAlone(String cpus) {
        try (Session session = start(cpus, "128M", "monitored")) {
            session.type("fir" + DUMP);
            check(session.await(LAST_FRAME));
            session.type("st line\n" + DUMP + "second\n");
            session.await("heard [first line]\n");
            session.await("heard [second]\n");
            check(session.await(LAST_FRAME));
            Outcome outcome = session.end();
            assertEquals(0, outcome.exitCode(), outcome.console());
            assertTrue(outcome.console().contains("threads of the program: 4\n"), outcome::console);
        }
    }

    private static void check(String dump) {
        assertMatches("\"main\" #\\d+ prio=5 os_prio=6 cpu=[0-9.]+ms on=[0-3] tid=0x", dump);
        assertMatches(
                "\"the one that waits\" #\\d+ daemon prio=7 os_prio=8 cpu=[0-9.]+ms on=[0-3]"
                        + " tid=0x[0-9a-f]+ nid=\\d+ waiting on condition\n"
                        + "   java.lang.Thread.State: WAITING\n",
                dump);
        assertMatches(
                "\"the one that computes\" #\\d+ daemon prio=5 .* runnable\n"
                        + "   java.lang.Thread.State: RUNNABLE\n",
                dump);
        assertMatches(
                "\\tat dev.cortado.system.guest.MonitorProbes.waitForEver"
                        + "\\(MonitorProbes.java:\\d+\\)\n",
                dump);
        assertMatches("\\tat dev.cortado.system.guest.MonitorProbes.compute\\(", dump);
        assertMatches("\"ForkJoinPool-\\d+-worker-1\" #\\d+ daemon ", dump);
        assertMatches("Carrying virtual thread #\\d+ \"the virtual one\"", dump);
        assertFalse(dump.contains("monitor\""), dump);
    }

    @Test
    void monitorAnswersEachLetter() {
        try (Session session = start("2", "128M", "monitored")) {
            session.type(OPEN);
            session.await(PROMPT);
            session.type("?");
            assertMatches("\ni +interrupts", session.await(PROMPT));
            session.type("t");
            assertMatches("\n\\d+ +main +RUNNABLE +[01] +[0-9.]+\n", session.await(PROMPT));
            session.type("i");
            String interrupts = session.await(PROMPT);
            assertMatches("0xef +\\d+ +\\d+ +dev.cortado.kernel.thread.ThreadTimer", interrupts);
            assertMatches("0x30 +\\d+ +\\d+ +dev.cortado.drivers.serial.Uart16550", interrupts);
            session.type("c");
            String cpus = session.await(PROMPT);
            assertMatches("\n0 +\\d+ +\\d+% +\\d+ +\\d+\n1 +\\d+ +\\d+% +\\d+ +\\d+\nup", cpus);
            session.type("h");
            assertMatches("\nfull collections +\\d+ in [0-9.]+ ms\n", session.await(PROMPT));
            session.type("g");
            assertMatches(
                    "\nJava heap: \\d+ KiB -> \\d+ KiB, live objects: \\d+ KiB, free",
                    session.await(PROMPT));
            session.type("f");
            assertMatches(
                    "\\n\\d+ interrupts by vectors that no device has", session.await(PROMPT));
            session.type("n");
            String network = session.await(PROMPT);
            assertMatches("\nthe network has not been started: ", network);
            session.type("d");
            assertMatches("\n\"main\" #\\d+ ", session.await(PROMPT));
            session.type("q");
            session.type("to the program\n");
            session.await("heard [to the program]\n");
            assertEquals(0, session.end().exitCode());
        }
    }

    @Test
    void networkIsShownWithItsSocketsAndWhatWasDropped() {
        try (Session session = start("2", "128M", "network-monitored")) {
            session.type(OPEN);
            session.await(PROMPT);
            session.type("n");
            String shown = session.await(PROMPT);
            assertMatches("\neth0 +up, MTU 1500, ([0-9a-f]{2}:){5}[0-9a-f]{2}\n", shown);
            assertMatches("\n  address +10.0.2.15/24 +preferred, DHCP\n", shown);
            assertMatches("\n  received +[1-9]\\d* packets, [1-9]\\d* bytes; bad 0\n", shown);
            assertMatches("\n  sent +[1-9]\\d* packets, [1-9]\\d* bytes; dropped ", shown);
            assertMatches("\ndefault route +by 10.0.2.2, eth0\n", shown);
            assertMatches("\nname server +10.0.2.3\n", shown);
            assertMatches("\nLISTEN +1 +5 +0 +\\[::]:80\n", shown);
            assertMatches("\nESTABLISHED +0 +100 +0 +127.0.0.1:80 +127.0.0.1:\\d+\n", shown);
            assertMatches("\n\\d+ +UDP_NO_PORT +a UDP datagram to a port without", shown);
            session.type("q");
            session.type("to the program\n");
            session.await("heard [to the program]\n");
            assertEquals(0, session.end().exitCode());
        }
    }

    @Test
    void withoutBeingAskedForItTheKeysAreTheProgramsOwn() {
        new Probe()
                .withInput(DUMP + OPEN + "q\n")
                .start("echo")
                .is(0, "ready\nheard [" + DUMP + OPEN + "q]\nend of input\n");
    }

    @Test
    void linesOfATerminalThatSendsWholeLinesReachWhoTheyAreFor() {
        try (Session session = start("1", "64M", "monitored")) {
            session.type(OPEN + "\nm\nq\nfor the program\n");
            String shown = session.await("heard [for the program]\n");
            assertMatches("\nmachine +\\d+ KiB\nfree +\\d+ KiB\n", shown);
            assertFalse(shown.contains("heard []"), shown);
            Outcome outcome = session.end();
            assertEquals(0, outcome.exitCode(), outcome.console());
        }
    }

    @Test
    void endOfInputIsTheProgramsEvenInTheMonitor() {
        try (Session session = start("1", "64M", "monitored")) {
            session.type(OPEN + "m");
            session.await(PROMPT);
            Outcome outcome = session.end();
            assertEquals(0, outcome.exitCode(), outcome.console());
        }
    }

    /** Half of the heap is garbage; after a collection the machine has that much more memory. */
    @Test
    void collectionGivesMemoryBackToTheKernel() {
        // What the collector would keep for later depends on the size of its chunks and
        // generations.
        String noReserve = "-XX:MaxHeapFree=1m";
        try (Session session = start("1", "256M", noReserve, "monitored-garbage")) {
            session.type("fill\n");
            session.await("full\n");
            session.type(OPEN);
            session.await(PROMPT);
            session.type("m");
            String full = session.await(PROMPT);
            session.type("qempty\n");
            session.await("empty\n");
            session.type(OPEN);
            session.await(PROMPT);
            session.type("g");
            session.await(PROMPT);
            session.type("m");
            String empty = session.await(PROMPT);
            long more = amount("free", empty) - amount("free", full);
            long garbage = amount("Java heap, at most", full) / 2;
            assertTrue(more > garbage * 9 / 10, more + " KiB of " + garbage + "\n" + empty);
            session.type("qmore\n");
            session.await("still there\n");
            assertEquals(0, session.end().exitCode());
        }
    }

    /** The number of KiB in a line of the memory command. */
    private static long amount(String what, String memory) {
        Matcher matcher = Pattern.compile("(?m)^" + what + " +(\\d+) KiB$").matcher(memory);
        assertTrue(matcher.find(), memory);
        return Long.parseLong(matcher.group(1));
    }

    private static void assertMatches(String pattern, String text) {
        assertTrue(Pattern.compile(pattern).matcher(text).find(), () -> pattern + " in:\n" + text);
    }
}
