package dev.cortado.drivers.virtio.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.pci.PciDevice;
import dev.cortado.drivers.pci.PciModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers of devices as VIRTIO 1.2, 4.1.2 has them, and as QEMU's devices show them. */
final class PciPlaceTest {
    private static PciDevice device(String vendor, String number, String subsystem) {
        PciModel.Function function =
                new PciModel.Function()
                        .ids(Integer.parseInt(vendor, 16), Integer.parseInt(number, 16), 0xff0000);
        function.registers.putShort(0x2e, (short) Integer.parseInt(subsystem, 16));
        return PciModel.device(function);
    }

    @ParameterizedTest
    @CsvSource({
        "1041, 1100, virtio-net",
        "1042, 1100, virtio-blk",
        "1044, 1100, virtio-rng",
        "1000, 1, virtio-net",
        "1001, 2, virtio-blk",
        "1005, 4, virtio-rng",
        "103f, 1a, virtio-fs",
        "107f, 0, virtio device of type 63",
    })
    void typesFollowFromNumbers(String number, String subsystem, String type) {
        PciDevice device = device("1af4", number, subsystem);
        assertTrue(PciPlace.isPlace(device));
        assertEquals(type + " (pci 0000:00:03.0)", new PciPlace(device).toString());
    }

    @ParameterizedTest
    @CsvSource({"1af4, 0fff", "1af4, 1080", "1af4, 1110", "8086, 1042"})
    void othersAreNone(String vendor, String number) {
        assertFalse(PciPlace.isPlace(device(vendor, number, "2")));
    }

    @Test
    void nobodyHasItAtFirst() {
        assertFalse(new PciPlace(device("1af4", "1042", "0")).isClaimed());
    }
}
