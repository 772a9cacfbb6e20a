package dev.cortado.image.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.UserError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentVariablesTest {
    /** As the guest's own test has it. */
    @Test
    void areEncodedAsFormsAre() {
        assertEquals(
                "A=b+c%3D%26%0A&EMPTY=&%C3%BC=%E2%98%95",
                EnvironmentVariables.of(Map.of("ü", "☕", "EMPTY", "", "A", "b c=&\n")).encoded());
        assertEquals("", EnvironmentVariables.NONE.encoded());
        assertTrue(EnvironmentVariables.NONE.isEmpty());
    }

    @Test
    void areWordsOfTheKernels() {
        assertEquals(
                List.of("cortado.env=A=b c", "cortado.env=B=c=d"),
                EnvironmentVariables.of(Map.of("B", "c=d", "A", "b c")).words());
    }

    /** Maven has null for an element with nothing in it. */
    @Test
    void nullIsAnEmptyValue() {
        Map<String, String> given = new HashMap<>();
        given.put("A", null);
        assertEquals(Map.of("A", ""), EnvironmentVariables.of(given).values());
    }

    @Test
    void refusesWhatNoProgramCanHave() {
        assertRefused("", "secret", "\"\" is no variable's name");
        assertRefused("A=B", "secret", "\"A=B\" is no variable's name");
        assertRefused("A\0", "secret", "has a zero byte");
        assertRefused("A", "secret\0", "variable A has a zero byte");
        assertRefused("A", "secret\ud800", "variable A is not UTF-8");
        assertRefused("A", "secret\ufffd", "variable A is not UTF-8");
    }

    /** A MiB, with an equals sign and a zero byte for each. */
    @Test
    void refusesMoreThanAGuestTakes() {
        String most = "é".repeat((1 << 19) - 2) + "x";
        assertFalse(EnvironmentVariables.of(Map.of("A", most)).isEmpty());
        assertRefused("A", most + "x", "have 1,048,577 bytes, and there is room for 1,048,576");
    }

    private static void assertRefused(String name, String value, String message) {
        UserError error =
                assertThrows(UserError.class, () -> EnvironmentVariables.of(Map.of(name, value)));
        assertTrue(error.getMessage().contains(message), error.getMessage());
        assertFalse(error.getMessage().contains("secret"), error.getMessage());
    }
}
