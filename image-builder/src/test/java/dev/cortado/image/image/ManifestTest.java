package dev.cortado.image.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.TestObjects;
import dev.cortado.image.UserError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
    private static Manifest read(String json) {
        return Manifest.fromJson("hello", json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsWhatItWrote() {
        byte[] json = TestObjects.MANIFEST.toJson();
        assertEquals(TestObjects.MANIFEST, Manifest.fromJson("hello", json));
    }

    @Test
    void propertiesAreInTheOrderOfTheirDeclaration() {
        String json = new String(TestObjects.MANIFEST.toJson(), StandardCharsets.UTF_8);
        assertTrue(
                json.startsWith(
                        "{\"cortado\":\"0.1.0\",\"jdk\":\"25.0.3\",\"graalvm\":\"25.0.2\","
                                + "\"mainClass\":\"example.Hello\",\"targets\":[\"qemu\"],"),
                json);
    }

    @Test
    void ignoresWhatNewerVersionsAdd() {
        Manifest manifest =
                read(
                        "{\"cortado\":\"9\",\"jdk\":\"30\",\"graalvm\":\"30\","
                                + "\"mainClass\":\"A\",\"new\":{\"nested\":[1]}}");
        assertEquals("A", manifest.mainClass());
        assertEquals(List.of(), manifest.drivers());
        assertEquals(List.of(), manifest.natives());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"cortado\":\"1\"",
                "{\"cortado\":null,\"jdk\":\"1\",\"graalvm\":\"1\",\"mainClass\":\"A\"}",
                "{\"cortado\":\"1\",\"jdk\":\"1\",\"graalvm\":\"1\",\"mainClass\":\"A\","
                        + "\"drivers\":[null]}",
                "{\"cortado\":\"1\",\"jdk\":\"1\",\"graalvm\":\"1\",\"mainClass\":\"A\","
                        + "\"jars\":[{}]}",
                "{\"cortado\":\"1\",\"jdk\":\"1\",\"graalvm\":\"1\",\"mainClass\":\"A\","
                        + "\"natives\":[{\"callers\":[\"a\"]}]}"
            })
    void whatIsNoManifestIsAUserError(String json) {
        UserError error = assertThrows(UserError.class, () -> read(json));
        assertTrue(error.getMessage().startsWith("hello has "), error.getMessage());
    }
}
