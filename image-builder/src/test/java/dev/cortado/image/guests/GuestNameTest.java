package dev.cortado.image.guests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.UserError;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuestNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", "-x", "_x", ".new", "a/b", "a b", "a\n", "a\0", "\u00e4"})
    void refusesWhatIsNoNameOfADirectory(String word) {
        UserError error = assertThrows(UserError.class, () -> GuestName.parse(word));
        assertTrue(error.getMessage().contains("cannot be the name"), error.getMessage());
    }

    @Test
    void refusesWhatIsTooLong() {
        assertEquals(40, GuestName.parse("x".repeat(40)).text().length());
        assertThrows(UserError.class, () -> GuestName.parse("x".repeat(41)));
    }

    @ParameterizedTest
    @CsvSource({
        "/a/app.elf, 1, app",
        "/a/app.elf, 2, app-2",
        "app-xen-hvm.img, 1, app-xen-hvm",
        "a b (1), 3, a-b-1--3",
        "...x, 1, x",
        "(), 1, guest"
    })
    void makesNamesOfImages(Path image, int number, String name) {
        assertEquals(name, GuestName.parse(GuestName.of(image, number).text()).text());
    }

    @Test
    void leavesRoomForANumber() {
        GuestName.parse(GuestName.of(Path.of("x".repeat(200)), 1000).text());
    }
}
