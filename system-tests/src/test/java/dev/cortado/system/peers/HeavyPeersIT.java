package dev.cortado.system.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.system.Capture;
import dev.cortado.system.Cortado;
import dev.cortado.system.Outcome;
import dev.cortado.system.Program;
import dev.cortado.system.Session;
import dev.cortado.system.TapNetwork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many connections, one after the other and at once. Run with the system property {@code
 * cortado.attacks}.
 */
@EnabledIfSystemProperty(
        named = "cortado.attacks",
        matches = "true",
        disabledReason = "it takes a quarter of an hour")
final class HeavyPeersIT {
    /** More than there are ports: their numbers come again while TIME-WAIT lasts. */
    private static final int SHORT_CONNECTIONS = 100_000;

    private static final int AT_ONCE = 16;
    private static final int RUNS_OF_CLOSING = 10;
    private static final int RUNS = 20;
    private static final int RUN_SECONDS = 4;
    private static final int IDLE = 10_000;

    /** Kilobytes of heap for an idle connection, a selector's key and the channel with it. */
    private static final int CONNECTION_KILOBYTES = 10;

    /** A machine that does other things as well is not always equally fast. */
    private static final double NOISE = 0.15;

    @TempDir Path directory;

    private static Path image(Program program, String variant) {
        return Cortado.build(program, program.imageFile(variant));
    }

    private static Guest http(TapNetwork network) {
        return new Guest(network, image(Program.http(), "first"), "256M", "8080 quiet");
    }

    @Test
    void noShortConnectionBeginsTwice() {
        try (TapNetwork network = new TapNetwork("heavy", 1500);
                Guest guest = http(network)) {
            Readings before = Quiet.first(guest);
            Capture capture =
                    new Capture(
                            network,
                            directory.resolve("syn.pcapng"),
                            "tcp[tcpflags] & tcp-syn != 0");
            try (capture) {
                System.out.println(
                        Neighbours.run(
                                network,
                                ShortConnections.class,
                                TapNetwork.GUEST,
                                8080,
                                SHORT_CONNECTIONS,
                                AT_ONCE));
            }
            List<String> begun =
                    capture.frames(
                            "tcp.flags.syn == 1 && tcp.flags.ack == 0",
                            "tcp.srcport",
                            "tcp.seq_raw");
            assertEquals(SHORT_CONNECTIONS, begun.size());
            assertEquals(SHORT_CONNECTIONS, begun.stream().distinct().count());
            System.out.println(guest.read());
            Quiet.await(guest, before);
        }
    }

    /** TIME-WAIT costs nothing that grows. */
    @Test
    void closingLoadDoesNotGetSlower() {
        runsAreAlike(RUNS_OF_CLOSING, Wrk.CLOSE);
    }

    @Test
    void noRunStalls() {
        runsAreAlike(RUNS);
    }

    private void runsAreAlike(int runs, String... headers) {
        try (TapNetwork network = new TapNetwork("runs", 1500);
                Guest guest = http(network)) {
            Wrk.run(network, RUN_SECONDS, headers);
            List<Double> rates = new ArrayList<>();
            List<Double> costs = new ArrayList<>();
            for (int i = 0; i < runs; i++) {
                long computed = guest.computed().toMillis();
                Wrk run = Wrk.run(network, RUN_SECONDS, headers);
                assertEquals(0, run.timeouts());
                rates.add(run.rate());
                costs.add((guest.computed().toMillis() - computed) / run.rate() / RUN_SECONDS);
            }
            System.out.println("answers/s " + rates + ", ms each " + costs);
            int third = runs / 3;
            double early = Collections.max(rates.subList(0, third));
            double late = Collections.max(rates.subList(runs - third, runs));
            assertTrue(late >= early * NOISE, rates::toString);
            assertTrue(Collections.min(rates) > 0, rates::toString);
            double cheapEarly = Collections.min(costs.subList(0, third));
            double cheapLate = Collections.min(costs.subList(runs - third, runs));
            assertTrue(cheapLate <= cheapEarly * 1.5, costs::toString);
        }
    }

    /** Beside them others are served as without them, and each of them lives. */
    @Test
    void tenThousandAreIdle() {
        try (TapNetwork network = new TapNetwork("idle", 1500);
                Guest guest = new Guest(network, image(Program.echo(), "first"), "256M", "7777")) {
            Readings before = Quiet.first(guest);
            System.out.println("alone: " + load(network));
            try (Session idle =
                    Neighbours.start(
                            network, IdleConnections.class, TapNetwork.GUEST, 7777, IDLE)) {
                idle.await("open\n");
                Readings held = Quiet.awaitBuffers(guest, before);
                long more = held.liveKilobytes() - before.liveKilobytes();
                System.out.println("beside " + IDLE + ": " + load(network));
                System.out.println(more * 1024 / IDLE + " bytes of heap a connection");
                assertEquals(IDLE, held.connections());
                assertTrue(more < (long) IDLE * CONNECTION_KILOBYTES, more + " KiB");
                idle.type("\n");
                idle.await("alive\n");
                Outcome outcome = idle.end();
                assertEquals(0, outcome.exitCode(), outcome.console());
            }
            Quiet.await(guest, before);
        }
    }

    private static String load(TapNetwork network) {
        return Neighbours.run(network, EchoLoad.class, TapNetwork.GUEST, 7777, 16, 512, 8).strip();
    }
}
