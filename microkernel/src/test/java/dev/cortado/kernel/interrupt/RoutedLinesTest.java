package dev.cortado.kernel.interrupt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.kernel.firmware.IoApics;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RoutedLinesTest {
    private static final int LINES = IoApics.CAPACITY * RoutedLines.OF_ONE;

    private final RoutedLines routed = new RoutedLines();

    @Test
    void eachLineOfEachControllerHasOneOwner() {
        for (int i = 0; i < LINES; i++) {
            assertTrue(routed.take(i / RoutedLines.OF_ONE, i % RoutedLines.OF_ONE), "line " + i);
        }
        for (int i = 0; i < LINES; i++) {
            assertFalse(routed.take(i / RoutedLines.OF_ONE, i % RoutedLines.OF_ONE), "line " + i);
        }
    }

    @Test
    void onesThatNobodyHasMayBeReleased() {
        routed.release(3, 17);
        assertTrue(routed.take(3, 17));
    }

    @Test
    void itIsASet() {
        Random random = new Random(22);
        Set<Integer> expected = new HashSet<>();
        for (int i = 0; i < 1_000_000; i++) {
            int number = random.nextInt(LINES);
            int index = number / RoutedLines.OF_ONE;
            int line = number % RoutedLines.OF_ONE;
            if (random.nextBoolean()) {
                assertEquals(expected.add(number), routed.take(index, line));
            } else {
                expected.remove(number);
                routed.release(index, line);
            }
        }
    }
}
