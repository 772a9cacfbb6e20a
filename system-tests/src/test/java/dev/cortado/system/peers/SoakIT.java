package dev.cortado.system.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.system.Cortado;
import dev.cortado.system.Program;
import dev.cortado.system.Session;
import dev.cortado.system.TapNetwork;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Load for a long time, after which a guest holds what it held at the tenth part of it. Run with
 * the system property {@code cortado.attacks}; {@code cortado.soak.minutes} says how long.
 */
@EnabledIfSystemProperty(
        named = "cortado.attacks",
        matches = "true",
        disabledReason = "it takes ten minutes")
final class SoakIT {
    private static final int MINUTES = Integer.getInteger("cortado.soak.minutes", 10);
    private static final int RUN_SECONDS = 10;
    private static final int VISITOR_PATIENCE = 30;

    @Test
    void nothingGrows() {
        Path image = Cortado.build(Program.http(), Program.http().imageFile("first"));
        try (TapNetwork network = new TapNetwork("soak", 1500);
                Guest guest = new Guest(network, image, "256M", "8080 quiet");
                Session visitor =
                        Neighbours.start(network, Visitor.class, 8080, VISITOR_PATIENCE)) {
            long begin = System.nanoTime();
            long length = TimeUnit.MINUTES.toNanos(MINUTES);
            load(network, visitor, begin + length / 10);
            Readings early = Quiet.awaitEnd(guest);
            load(network, visitor, begin + length);
            Readings late = Quiet.awaitEnd(guest);
            System.out.println("at a tenth: " + early + "\nat the end: " + late);
            assertEquals(early.freeBuffers(), late.freeBuffers());
            assertEquals(0, late.connections() + late.halfOpen() + late.timeWaits());
            assertTrue(late.liveKilobytes() <= early.liveKilobytes() * 1.01);
            assertTrue(late.kernelKilobytes() <= early.kernelKilobytes() * 1.01);
            assertTrue(late.usedKilobytes() <= early.usedKilobytes() * 1.01);
        }
    }

    /** By turns connections that stay and connections that do not. */
    private static void load(TapNetwork network, Session visitor, long end) {
        while (System.nanoTime() < end) {
            assertTrue(Wrk.run(network, RUN_SECONDS).rate() > 0);
            assertTrue(Wrk.run(network, RUN_SECONDS, Wrk.CLOSE).rate() > 0);
            Visits.of(visitor);
        }
    }
}
