package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two machines that go on from one snapshot must not draw the same random numbers. */
final class RandomIT {
    private static final String FIRST_ROUND = "round 3\n";

    /** Some seconds after the first, when the snapshot has been taken. */
    private static final String LAST_ROUND = "round 150\n";

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

    /** RDSEED and RDRAND; RDRAND only; neither, so that the clocks are all there is. */
    @ParameterizedTest
    @ValueSource(strings = {"max", "max,rdseed=off", "max,rdseed=off,rdrand=off"})
    void twoMachinesOfOneSnapshotPart(String cpu) throws Exception {
        Path snapshot = directory.resolve("snapshot");
        Path socket = directory.resolve("monitor");
        String monitor = "unix:%s,server=on,wait=off".formatted(socket);
        try (Session session = new Session(machine(cpu, "-monitor", monitor))) {
            session.await(FIRST_ROUND);
            try (QemuMonitor console = new QemuMonitor(socket)) {
                console.run("migrate \"exec:cat > %s\"".formatted(snapshot));
            }
        }
        assertTrue(Files.size(snapshot) > 0);
        List<String> all = new ArrayList<>();
        for (int copy = 0; copy < 2; copy++) {
            List<String> own = numbers(goOn(cpu, snapshot));
            assertTrue(own.size() >= 8, own.toString());
            all.addAll(own);
        }
        assertEquals(all.size(), new TreeSet<>(all).size(), "no number twice: " + all);
        assertFalse(all.contains("0".repeat(32)));
    }

    /** What a copy of the machine shows after the snapshot. */
    private static String goOn(String cpu, Path snapshot) {
        try (Session session = new Session(machine(cpu, "-incoming", "exec:cat " + snapshot))) {
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
