package dev.cortado.runtime.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BuiltVariablesTest {
    /** As the builder's own test has it. */
    @Test
    void readsWhatTheBuilderWrites() {
        Map<String, String> variables =
                BuiltVariables.parse("A=b+c%3D%26%0A&EMPTY=&%C3%BC=%E2%98%95");
        assertEquals(Map.of("A", "b c=&\n", "EMPTY", "", "ü", "☕"), variables);
        assertEquals(List.of("A", "EMPTY", "ü"), List.copyOf(variables.keySet()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "=b", "A=1&&B=2", "A%3D=1", "A=%00", "A=%zz"})
    void refusesWhatTheBuilderNeverWrites(String text) {
        assertThrows(IllegalArgumentException.class, () -> BuiltVariables.parse(text));
    }
}
