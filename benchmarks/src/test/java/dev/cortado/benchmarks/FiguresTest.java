package dev.cortado.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void figuresAreFoundAmongOtherLinesUpToTheEnd() {
        assertEquals(
                Map.of("reads", 12.5, "writes", 3.0),
                Figures.parse(
                        List.of(
                                "cortado: mount: /data",
                                "FIGURE reads 12.5\r",
                                "FIGURE writes 3",
                                "FIGURE of no number but words",
                                "END",
                                "FIGURE late 1")));
    }

    @Test
    void aGuestThatEndsEarlyIsAnError() {
        IllegalArgumentException error =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Figures.parse(List.of("FIGURE reads 1", "panic: no")));
        assertTrue(error.getMessage().contains("panic: no"), error.getMessage());
    }
}
