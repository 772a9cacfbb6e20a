package dev.cortado.image.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Map;
import org.junit.jupiter.api.Test;

class JavaHomeFilesTest {
    @Test
    void theCompilerIsToldIfTheyAreWanted() {
        Map<String, String> others = Map.of("a", "b");
        assertSame(others, JavaHomeFiles.addTo(others, false));
        assertEquals(
                Map.of("a", "b", "cortado.java.home", "true"), JavaHomeFiles.addTo(others, true));
    }
}
