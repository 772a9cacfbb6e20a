package dev.cortado.drivers.register;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which addresses of a device's a CPU can reach. */
final class RegisterMappingsTest {
    @ParameterizedTest
    @CsvSource({
        "0xfeb00e00, 0x200, 36, true",
        "0x1000, 0x1000, 36, true",
        "0, 0x1000, 36, false",
        "-0x1000, 0x1000, 36, false",
        "0x1000, 0, 36, false",
        "0x1000, -0x1000, 36, false",
        "0xffffff000, 0x1000, 36, true",
        "0xffffff000, 0x1001, 36, false",
        "0x1000000000, 0x1000, 36, false",
        "0x1000000000, 0x1000, 40, true",
        "0x8000000000000, 0x8000000000000, 52, true",
        "0x10000000000000, 0x1000, 60, false",
        "0x1000, 0x7ffffffffffffff8, 52, false",
        "0x7ffffffffffff000, 0x7ffffffffffff000, 255, false",
    })
    void theCpuReachesIt(String physical, String bytes, int bits, boolean reachable) {
        assertEquals(
                reachable,
                RegisterMappings.isReachable(Long.decode(physical), Long.decode(bytes), bits));
    }

    @Test
    void noDeviceHasMoreThanThereIsRoomFor() {
        try (RegisterMappings mappings = new RegisterMappings()) {
            IOException e =
                    assertThrows(
                            IOException.class,
                            () -> mappings.map(0x80_0000_0000L, (64L << 30) + 4096));
            assertEquals(
                    "0x1000001000 bytes at physical address 0x8000000000 are more than the 64 GiB"
                            + " that a device may have",
                    e.getMessage());
        }
    }
}
