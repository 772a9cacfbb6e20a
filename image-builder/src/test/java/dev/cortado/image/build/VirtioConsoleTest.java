package dev.cortado.image.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Map;
import org.junit.jupiter.api.Test;

class VirtioConsoleTest {
    @Test
    void theCompilerIsToldIfItIsWanted() {
        Map<String, String> others = Map.of("a", "b");
        assertSame(others, VirtioConsole.addTo(others, false));
        assertEquals(
                Map.of("a", "b", "cortado.console.virtio", "true"),
                VirtioConsole.addTo(others, true));
    }
}
