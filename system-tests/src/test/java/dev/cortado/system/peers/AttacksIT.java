package dev.cortado.system.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.system.Cortado;
import dev.cortado.system.Outcome;
import dev.cortado.system.Program;
import dev.cortado.system.Session;
import dev.cortado.system.TapNetwork;
import dev.cortado.system.servers.HostTools;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Tools that are made for attacks, on one guest, one after the other: it answers during and after
 * each of them, says why it has dropped what they sent, and has all of its memory in the end. Run
 * with the system property {@code cortado.attacks}.
 */
@EnabledIfSystemProperty(
        named = "cortado.attacks",
        matches = "true",
        disabledReason = "it takes ten minutes, and tools that attack")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AttacksIT {
    private static final Path[] PLACES = {Path.of("/usr/bin"), Path.of("/usr/sbin")};

    /** Seconds that a visitor waits for an answer through a flood. */
    private static final int PATIENCE = 60;

    /** Until a flood is at its height. */
    private static final long RISE_MILLIS = 1000;

    private TapNetwork network;
    private Guest guest;
    private Session visitor;
    private Readings first;

    @BeforeAll
    void start() {
        Path image = Cortado.build(Program.http(), Program.http().imageFile("first"));
        network = new TapNetwork("attacks", 1500);
        guest = new Guest(network, image, "256M", "8080 quiet");
        visitor = Neighbours.start(network, Visitor.class, 8080, PATIENCE);
        for (int i = 0; i < 100; i++) {
            Visits.of(visitor);
        }
        first = Quiet.first(guest);
    }

    @AfterAll
    void end() {
        visitor.close();
        guest.close();
        network.close();
    }

    @TestFactory
    Stream<DynamicTest> answersDuringAndAfter() {
        List<Attack> all = new ArrayList<>(Attack.ofThcIpv6());
        all.addAll(Attack.ofHping());
        all.addAll(Attack.ofScapy());
        Stream<DynamicTest> attacks =
                all.stream()
                        .map(attack -> DynamicTest.dynamicTest(attack.name(), () -> run(attack)));
        return Stream.concat(
                attacks,
                Stream.of(DynamicTest.dynamicTest("nothing is lost", this::nothingIsLost)));
    }

    private void run(Attack attack) throws InterruptedException {
        Path tool = Path.of(attack.command().getFirst());
        HostTools.find(tool.getFileName().toString(), PLACES);
        if (attack.ends()) {
            List<String> scapy = List.of(attack.command().getFirst(), "-c", "import scapy.all");
            Assumptions.assumeTrue(Outcome.of(scapy, "").exitCode() == 0, "there is no scapy");
        }
        Readings before = guest.read();
        List<String> timeout = new ArrayList<>(List.of("timeout", "-s", "INT", "-k", "5"));
        timeout.add(String.valueOf(attack.seconds()));
        timeout.addAll(attack.command());
        try (Session attacker = new Session(network.inside(timeout))) {
            Thread.sleep(RISE_MILLIS);
            Visits.of(visitor);
            Outcome outcome = attacker.awaitEnd();
            if (attack.ends()) {
                assertEquals(0, outcome.exitCode(), outcome.console());
            }
        }
        Visits.of(visitor);
        Readings after = guest.read();
        List<String> dropped =
                after.drops().keySet().stream()
                        .filter(reason -> after.dropped(reason) > before.dropped(reason))
                        .map(reason ->
                                reason + " " + (after.dropped(reason) - before.dropped(reason)))
                        .toList();
        System.out.println(attack.name() + ": " + String.join(", ", dropped));
        assertEquals(0, after.dropped("FAULT"));
        assertTrue(
                attack.reasons().isEmpty()
                        || attack.reasons().stream()
                                .anyMatch(r -> after.dropped(r) > before.dropped(r)),
                attack.reasons() + " are not in " + dropped);
    }

    /** Minutes after all of that. */
    private void nothingIsLost() {
        System.out.println("before: " + first);
        System.out.println("after: " + Quiet.await(guest, first));
    }
}
