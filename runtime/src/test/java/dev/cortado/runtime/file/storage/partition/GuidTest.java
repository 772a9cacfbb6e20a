package dev.cortado.runtime.file.storage.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GuidTest {
    /** The EFI system partition's (UEFI specification, table 5-7, and its bytes by appendix A). */
    private static final String TEXT = "c12a7328-f81f-11d2-ba4b-00a0c93ec93b";

    private static final String BYTES = "28732ac11ff8d211ba4b00a0c93ec93b";

    @Test
    void theNumbersInItAreLittleEndian() {
        ByteBuffer bytes =
                ByteBuffer.wrap(HexFormat.of().parseHex("ff" + BYTES))
                        .order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(TEXT, Guid.read(bytes, 1).toString());
    }

    @Test
    void othersKeepItInTheOrderOfItsText() {
        byte[] bytes = HexFormat.of().parseHex(TEXT.replace("-", ""));
        assertEquals(TEXT, Guid.ofBytes(bytes).toString());
    }

    @Test
    void itsTextIsReadInCapitalsOrNot() {
        Guid guid = Guid.parse(TEXT).orElseThrow();
        assertEquals(TEXT, guid.toString());
        assertEquals(Optional.of(guid), Guid.parse(TEXT.toUpperCase()));
        assertEquals(
                "00000000-0000-0000-0000-00000000000f",
                Guid.parse("00000000-0000-0000-0000-00000000000F").orElseThrow().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c12a7328f81f11d2ba4b00a0c93ec93b",
                "c12a7328-f81f-11d2-ba4b-00a0c93ec93",
                "c12a7328-f81f-11d2-ba4b-00a0c93ec93bb",
                "g12a7328-f81f-11d2-ba4b-00a0c93ec93b",
                "c12a7328-f81f-11d2-ba4b00-a0c93ec93b"
            })
    void anythingElseIsNone(String text) {
        assertTrue(Guid.parse(text).isEmpty());
    }
}
