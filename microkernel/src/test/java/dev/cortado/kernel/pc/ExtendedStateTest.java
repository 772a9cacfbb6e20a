package dev.cortado.kernel.pc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExtendedStateTest {
    /** Intel SDM vol. 1, 13.4: 512 bytes, 64 of header, 16 upper halves of 16 bytes. */
    @Test
    void theUpperHalvesFollowTheHeader() {
        assertEquals(512 + 64 + 256, ExtendedState.bytes(576, 256));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0", // XSAVE would write over what is behind the area
        "575, 256",
        "576, 255",
        "-1, 256",
        "576, -1",
        "576, 1473", // an interrupt's stack would not hold it
        "2049, 256",
        "2147483647, 2147483647",
        "576, 2147483647"
    })
    void sizesThatCannotBeAreNotBelieved(int offset, int size) {
        assertEquals(ExtendedState.NOT_A_SIZE, ExtendedState.bytes(offset, size));
    }
}
