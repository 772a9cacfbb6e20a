package dev.cortado.runtime.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
        InterfaceSettings settings = new InterfaceSettings(name, address, List.of());
        assertEquals(isFor, settings.isFor("eth0", "52:54:00:12:34:56"));
    }
}
