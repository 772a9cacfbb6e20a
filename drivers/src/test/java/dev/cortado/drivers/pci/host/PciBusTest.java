package dev.cortado.drivers.pci.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.pci.PciDevice;
import dev.cortado.drivers.pci.PciModel;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PciBusTest {
    private static PciBus bus() {
        PciModel model = new PciModel();
        model.add(0, 0, 0).ids(0x8086, 0x29c0, 0x060000);
        model.add(0, 2, 0).ids(0x8086, 0x5845, 0x010802);
        model.add(0, 3, 0).ids(0x1af4, 0x1001, 0x010000);
        return new PciBus(List.of(model));
    }

    @Test
    void bridgesAreNoDevices() {
        assertEquals(
                List.of(0x5845, 0x1001), bus().devices().stream().map(PciDevice::device).toList());
    }

    @Test
    void aDeviceHasOneDriver() throws IOException {
        PciBus bus = bus();
        PciDevice device = bus.devices().getFirst();
        bus.claim(device);
        assertTrue(bus.isClaimed(device));
        assertThrows(IOException.class, () -> bus.claim(device));
        bus.release(device);
        assertFalse(bus.isClaimed(device));
        bus.claim(device);
    }
}
