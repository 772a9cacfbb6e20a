package dev.cortado.kernel.pc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class ExtendedStateTest {
    /** Intel SDM vol. 1, 13.4: 512 bytes, 64 of header, 16 upper halves of 16 bytes. */
    private static final int WITH_AVX = 512 + 64 + 256;

    @Test
    void theUpperHalvesHaveRoomWhateverIsEnabledForNow() {
        assertEquals(WITH_AVX, ExtendedState.bytes(WITH_AVX, 576, 256));
        assertEquals(WITH_AVX, ExtendedState.bytes(576, 576, 256));
        assertEquals(WITH_AVX, ExtendedState.bytes(0, 576, 256));
    }

    @Test
    void withoutAvxItIsTheLegacyAreaWithItsHeader() {
        assertEquals(576, ExtendedState.bytes(576, 0, 0));
        assertEquals(576, ExtendedState.bytes(0, 0, 0));
    }
}
