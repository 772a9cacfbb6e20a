package dev.cortado.system.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WireDirectionTest {
    private static final int FRAME_BYTES = 1000;
    private static final long FRAME_NANOS = 400_000;

    private static WireConditions conditions(double loss, double late, double twice, double bad) {
        return new WireConditions(20_000_000, 10_000, 1_000_000, loss, late, twice, bad, 5);
    }

    private static List<WireDirection.Arrival> send(WireConditions conditions, int count) {
        WireDirection direction = new WireDirection(conditions, 1);
        List<WireDirection.Arrival> arrivals = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            arrivals.addAll(direction.send(new byte[FRAME_BYTES], i * FRAME_NANOS));
        }
        return arrivals;
    }

    @Test
    void framesTakeTheirTime() {
        List<WireDirection.Arrival> arrivals = send(conditions(0, 0, 0, 0), 100);
        assertEquals(100, arrivals.size());
        assertEquals(FRAME_NANOS + 1_000_000, arrivals.get(0).at());
        assertEquals(100 * FRAME_NANOS + 1_000_000, arrivals.get(99).at());
    }

    @Test
    void aQueueThatIsFull() {
        WireDirection direction = new WireDirection(conditions(0, 0, 0, 0), 1);
        int arrived = 0;
        for (int i = 0; i < 100; i++) {
            arrived += direction.send(new byte[FRAME_BYTES], 0).size();
        }
        assertEquals(10, arrived);
        assertEquals(1, direction.send(new byte[FRAME_BYTES], FRAME_NANOS).size());
        assertEquals(0, direction.send(new byte[FRAME_BYTES], FRAME_NANOS).size());
    }

    @Test
    void partsAreWhatTheyAreSaidToBe() {
        assertEquals(9500, send(conditions(0.05, 0, 0, 0), 10_000).size(), 100);
        assertEquals(10_500, send(conditions(0, 0, 0.05, 0), 10_000).size(), 100);
        List<WireDirection.Arrival> bad = send(conditions(0, 0, 0, 0.05), 10_000);
        long changed =
                bad.stream()
                        .filter(arrival -> {
                            int sum = 0;
                            for (byte each : arrival.frame()) {
                                sum += each == 0 ? 0 : 1;
                            }
                            return sum == 1;
                        })
                        .count();
        assertEquals(500, changed, 100);
        List<WireDirection.Arrival> late = send(conditions(0, 0.05, 0, 0), 10_000);
        long overtaken = 0;
        for (int i = 1; i < late.size(); i++) {
            overtaken += late.get(i).at() < late.get(i - 1).at() ? 1 : 0;
        }
        assertEquals(500, overtaken, 100);
    }

    /** The same seed is the same wire; and a frame's fate does not hang on others'. */
    @Test
    void seeds() {
        WireConditions conditions = conditions(0.05, 0.05, 0.05, 0.05);
        List<WireDirection.Arrival> once = send(conditions, 1000);
        List<WireDirection.Arrival> again = send(conditions, 1000);
        assertEquals(once.size(), again.size());
        for (int i = 0; i < once.size(); i++) {
            assertEquals(once.get(i).at(), again.get(i).at());
            assertArrayEquals(once.get(i).frame(), again.get(i).frame());
        }
        assertTrue(once.size() != send(conditions(0.05, 0.05, 0, 0), 1000).size());
    }
}
