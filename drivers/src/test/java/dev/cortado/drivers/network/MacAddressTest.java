package dev.cortado.drivers.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

final class MacAddressTest {
    @Test
    void textAndNumber() {
        assertEquals(0x525400123456L, MacAddress.parse("52:54:00:12:34:56"));
        assertEquals(0xaabbccddeeffL, MacAddress.parse("AA:bb:cc:DD:ee:ff"));
        assertEquals("52:54:00:12:34:56", MacAddress.format(0x525400123456L));
        assertEquals(0x52, MacAddress.byteOf(0x525400123456L, 0));
        assertEquals(0x56, MacAddress.byteOf(0x525400123456L, 5));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "52:54:00:12:34",
                "52-54-00-12-34-56",
                "5g:54:00:12:34:56",
                "52:54:00:12:34:56:",
                "::::::::::::::::: "
            })
    void whatIsNone(String text) {
        assertEquals(-1, MacAddress.parse(text));
    }

    @Test
    void onlyStationsAreDevices() {
        assertTrue(MacAddress.isStation(0x525400123456L));
        assertFalse(MacAddress.isStation(0x01005e000001L));
        assertFalse(MacAddress.isStation(0));
        assertFalse(MacAddress.isStation(-1));
        for (long random = -5; random < 5; random++) {
            long address = MacAddress.local(random * 0x123456789abcL);
            assertTrue(MacAddress.isStation(address));
            assertEquals(2, MacAddress.byteOf(address, 0) & 3, "IEEE 802: locally administered");
        }
    }
}
