package dev.cortado.drivers.acpi;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DefinitionBlocksTest {
    private static boolean mention(String... tables) {
        return DefinitionBlocks.mention(
                List.of(tables).stream()
                        .map(table -> table.getBytes(StandardCharsets.US_ASCII))
                        .toList(),
                "LNRO0005");
    }

    @Test
    void aNameIsFoundAtBothEndsOfAnyTable() {
        assertTrue(mention("LNRO0005"));
        assertTrue(mention("", "xxLNRO0005"));
        assertTrue(mention("LLNRO0005x"));
        assertFalse(mention("LNRO000", "5"));
        assertFalse(mention(""));
        assertFalse(mention());
    }
}
