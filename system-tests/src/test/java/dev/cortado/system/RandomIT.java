package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two machines that go on from one snapshot must not draw the same random numbers. */
final class RandomIT {
    /**
     * Shown while no number is drawn, so that none is drawn before the snapshot and shown after.
     */
    private static final String WAITING = "waiting\n";

    private static final String LAST_ROUND = "round 50\n";

    /** Four in each round after the third. */
    private static final int NUMBERS = 4 * 47;

    /** Of a generation ID, all but the last digit; in memory, the first three parts are swapped. */
    private static final String GUID = "12345678-9abc-def0-1122-33445566771";

    @TempDir Path directory;

    private static List<String> machine(String cpu, String... more) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "qemu-system-x86_64",
                                "-machine",
                                "q35",
                                "-accel",
                                "tcg",
                                "-cpu",
                                cpu,
                                "-m",
                                "128M",
                                "-kernel",
                                Probe.image().toString(),
                                "-append",
                                "random",
                                "-nodefaults",
                                "-no-reboot",
                                "-display",
                                "none",
                                "-serial",
                                "stdio",
                                "-device",
                                "isa-debug-exit,iobase=0xf4,iosize=0x04"));
        command.addAll(List.of(more));
        return command;
    }

    /**
     * A machine with a generation ID: a copy has another one, which it knows before it runs on. No
     * clock would have to tell.
     */
    @Test
    void copiesKnowTheirGeneration() throws Exception {
        Path snapshot = directory.resolve("snapshot");
        Path socket = directory.resolve("monitor");
        String monitor = "unix:%s,server=on,wait=off".formatted(socket);
        String[] generation = {"-append", "generation", "-device", "vmgenid,guid=" + GUID + "1"};
        List<String> first = machine("max", generation);
        first.addAll(List.of("-monitor", monitor));
        try (Session session = new Session(first)) {
            session.await("generation def09abc12345678 1177665544332211\n");
            try (QemuMonitor console = new QemuMonitor(socket)) {
                console.run("migrate \"exec:cat > %s\"".formatted(snapshot));
            }
        }
        generation[3] = "vmgenid,guid=" + GUID + "2";
        List<String> copy = machine("max", generation);
        copy.addAll(List.of("-incoming", "exec:cat " + snapshot));
        try (Session session = new Session(copy)) {
            String shown = session.await("generation def09abc12345678 1277665544332211\n");
            assertFalse(shown.contains("1177665544332211"), shown);
        }
    }

    @Test
    void machinesWithoutAGenerationSaySo() {
        try (Session session = new Session(machine("max", "-append", "generation"))) {
            session.await("generation 0000000000000000 0000000000000000\n");
        }
    }

    /** RDSEED and RDRAND; RDRAND only; neither, so that the clocks are all there is. */
    @ParameterizedTest
    @ValueSource(strings = {"max", "max,rdseed=off", "max,rdseed=off,rdrand=off"})
    void twoMachinesOfOneSnapshotPart(String cpu) throws Exception {
        Path snapshot = directory.resolve("snapshot");
        Path socket = directory.resolve("monitor");
        String monitor = "unix:%s,server=on,wait=off".formatted(socket);
        try (Session session = new Session(copy(cpu, 0, "-monitor", monitor))) {
            session.await(WAITING);
            try (QemuMonitor console = new QemuMonitor(socket)) {
                console.run("migrate \"exec:cat > %s\"".formatted(snapshot));
            }
        }
        assertTrue(Files.size(snapshot) > 0);
        List<String> all = new ArrayList<>();
        for (int copy = 0; copy < 2; copy++) {
            List<String> own = numbers(goOn(cpu, copy + 1, snapshot));
            assertEquals(NUMBERS, own.size(), own.toString());
            all.addAll(own);
        }
        assertEquals(all.size(), new TreeSet<>(all).size(), "no number twice: " + all);
        assertFalse(all.contains("0".repeat(32)));
    }

    /** One of several copies, with a generation of its own if there are such. */
    private static List<String> copy(String cpu, int number, String... more) {
        List<String> command = machine(cpu, more);
        if (cpu.startsWith("max,")) {
            command.addAll(List.of("-device", "vmgenid,guid=" + GUID + number));
        }
        return command;
    }

    /** What a copy of the machine shows after the snapshot. */
    private static String goOn(String cpu, int number, Path snapshot) {
        List<String> copy = copy(cpu, number, "-incoming", "exec:cat " + snapshot);
        try (Session session = new Session(copy)) {
            // What is typed before the machine is there may be lost.
            session.await(WAITING);
            session.type("\n");
            return session.await(LAST_ROUND);
        }
    }

    private static List<String> numbers(String console) {
        return console.lines()
                .filter(line -> line.matches("number [0-9a-f]{32}"))
                .map(line -> line.substring("number ".length()))
                .toList();
    }
}
