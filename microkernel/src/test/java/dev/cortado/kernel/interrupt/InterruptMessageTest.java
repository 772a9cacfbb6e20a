package dev.cortado.kernel.interrupt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bits as the Intel SDM, vol. 3A, 11.11, and the data sheet of the 82093AA number them. */
final class InterruptMessageTest {
    @ParameterizedTest
    @CsvSource({"0, fee00000", "1, fee01000", "128, fee80000", "254, feefe000"})
    void theDestinationIsInBits19To12(int apicId, String address) {
        assertEquals(Long.parseLong(address, 16), MsiMessage.address(apicId));
    }

    @ParameterizedTest
    @ValueSource(ints = {255, 256, 0x1_0000, -1, Integer.MIN_VALUE})
    void aCpuThatNoMessageReachesIsRefused(int apicId) {
        assertFalse(MsiMessage.canReach(apicId));
        assertThrows(IllegalArgumentException.class, () -> MsiMessage.address(apicId));
    }

    @Test
    void dataOfAFixedEdgeTriggeredInterruptIsItsVector() {
        assertEquals(0x41, MsiMessage.data(0x41));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 15, 255, 256, 0x141})
    void aVectorThatIsNoneIsRefused(int vector) {
        assertThrows(IllegalArgumentException.class, () -> MsiMessage.data(vector));
    }

    @ParameterizedTest
    @CsvSource({
        "0x41, 0, false, false, 0000000000000041",
        "0x41, 3, false, true,  0300000000002041",
        "0xee, 0, true,  false, 00000000000080ee",
        "0x30, 0xfe, true, true, fe0000000000a030",
    })
    void aRedirectionEntryHasItsBits(
            String vector, String apicId, boolean level, boolean low, String bits) {
        assertEquals(
                Long.parseUnsignedLong(bits, 16),
                RedirectionEntry.encode(
                        Integer.decode(vector), Integer.decode(apicId), level, low));
    }
}
