package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** examples/tour shows the same in the guest as on HotSpot. */
final class TourIT {
    @Test
    void isTheSameAsOnHotSpot() {
        Program tour = Program.example("tour", "dev.cortado.examples.tour.Tour");
        Outcome expected = tour.onHotSpot("");
        Outcome actual = Cortado.run(Cortado.build(tour, "first"), "128M", "");
        assertEquals(expected.console(), actual.console());
        assertEquals(0, actual.exitCode());
    }
}
