package dev.cortado.image.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameTextTest {
    /** As Python's os.fsdecode has it. */
    @ParameterizedTest
    @CsvSource({
        "61, a",
        "c3a9, é",
        "f09f9880, \uD83D\uDE00",
        "ff61fe, \uDCFFa\uDCFE",
        "61c3, a\uDCC3",
        "edb380, \uDCED\uDCB3\uDC80",
    })
    void whatIsNoTextHasCharactersOfItsOwn(String bytes, String text) {
        byte[] name = HexFormat.of().parseHex(bytes);
        assertEquals(text, NameText.of(name));
        assertArrayEquals(name, NameText.bytes(text));
    }

    @Test
    void everyNameComesBack() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            byte[] name = new byte[1 + random.nextInt(20)];
            random.nextBytes(name);
            for (int at = 0; at < name.length; at++) {
                name[at] = name[at] == 0 || name[at] == '/' ? (byte) 'x' : name[at];
            }
            String text = NameText.of(name);
            assertArrayEquals(name, NameText.bytes(text));
            assertEquals(text, HostName.text(HostName.path(text)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a/b",
                "/",
                "/a/b",
                "../a",
                "..",
                "\uDCFF/../b",
                "/\uDCFF",
                "/a/\uDCFE" + "/é"
            })
    void pathsOfTheHostDoAsWell(String text) throws IOException {
        Path path = HostName.path(text);
        assertEquals(text.startsWith("/"), path.isAbsolute());
        assertEquals(text, HostName.text(path));
    }

    @Test
    void aNameWithAZeroIsNone() {
        String text = new String(new byte[] {'a', 0, 'b'}, StandardCharsets.US_ASCII);
        IOException e = assertThrows(IOException.class, () -> HostName.path(text));
        assertEquals("no file can be called \"a?b\"", e.getMessage());
    }
}
