package dev.cortado.image.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemorySizeTest {
    @ParameterizedTest
    @CsvSource({
        "32, 33554432",
        "32M, 33554432",
        "32m, 33554432",
        "1G, 1073741824",
        "64 MiB, 67108864",
        "65536K, 67108864",
        "2GB, 2147483648",
        "1T, 1099511627776"
    })
    void understandsWhatPeopleWrite(String text, long bytes) {
        assertEquals(bytes, MemorySize.parse(text).bytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "M", "-32", "0", "1.5G", "32X", "99999999999999", "999999999999T"})
    void refusesTheRest(String text) {
        UserError error = assertThrows(UserError.class, () -> MemorySize.parse(text));
        assertTrue(error.getMessage().contains("write for example 64M"), error.getMessage());
    }

    @Test
    void isShownInMebibytesRoundedUp() {
        assertEquals("2M", new MemorySize((1 << 20) + 1).toString());
    }
}
