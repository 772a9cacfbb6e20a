package dev.cortado.runtime.environment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProgramVariablesTest {
    @Test
    void whatIsNearerToTheMachineCounts() {
        ProgramVariables variables =
                new ProgramVariables(
                        Map.of("A", "built", "B", "built", "C", "built"),
                        Map.of("B", "configured", "C", "configured", "D", "configured"),
                        Map.of("C", "said", "D", "said", "E", "said"));
        assertEquals(
                Map.of("A", "built", "B", "configured", "C", "said", "D", "said", "E", "said"),
                variables.all());
    }

    @Test
    void theJdkGetsNamesAndValuesInUtf8() {
        ProgramVariables variables =
                new ProgramVariables(Map.of("ü", "☕"), Map.of(), Map.of("A", ""));
        assertArrayEquals(
                new String[] {"A", "", "ü", "☕"},
                Arrays.stream(variables.namesAndValues())
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .toArray());
    }
}
