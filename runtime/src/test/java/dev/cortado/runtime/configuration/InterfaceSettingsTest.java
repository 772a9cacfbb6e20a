package dev.cortado.runtime.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InterfaceSettingsTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "eth0, -, true",
                "eth1, -, false",
                "eth*, -, true",
                "e*0, -, true",
                "e*1, -, false",
                "*, -, true",
                "eth0*eth0, -, false",
                "-, 52:54:00:12:34:56, true",
                "-, 52:54:00:12:34:57, false",
                "eth0, 52:54:00:12:34:57, false",
                "ens3, 52:54:00:12:34:56, true",
            })
    void anAddressCountsBeforeAName(String name, String address, boolean isFor) {
        InterfaceSettings settings = new InterfaceSettings(name, address, 5, List.of());
        assertEquals(isFor, settings.isFor("eth0", "52:54:00:12:34:56", 5));
        assertEquals(isFor, settings.isOn("eth0", "52:54:00:12:34:56"));
        assertFalse(settings.isFor("eth0", "52:54:00:12:34:56", 0));
    }
}
