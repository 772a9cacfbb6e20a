package dev.cortado.drivers.pci.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.pci.PciDevice;
import dev.cortado.drivers.pci.PciModel;
import java.io.IOException;
import java.util.ArrayList;
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

    /** PCI 3.0, 6.2.2: bit 10 of the command register. A bridge has what is behind it go on. */
    @Test
    void pinsAreQuietUntilADriverHasThem() {
        PciModel model = new PciModel();
        PciModel.Function bridge = model.add(0, 1, 0).ids(0x8086, 0x7000, 0x060100);
        PciModel.Function function = model.add(0, 2, 0).ids(0x1234, 0x11e8, 0x00ff00);
        bridge.registers.putShort(4, (short) 0x7);
        function.registers.putShort(4, (short) 0x7);
        new PciBus(List.of(model));
        assertEquals(0x407, function.registers.getShort(4));
        assertEquals(0x7, bridge.registers.getShort(4));
    }

    private static List<String> unknown(PciBus bus, int baseClass) {
        List<String> lines = new ArrayList<>();
        bus.nameUnknown(baseClass, lines::add);
        return lines;
    }

    @Test
    void whatNoDriverKnowsIsNamedByTheSearchForItsClass() {
        PciModel model = new PciModel();
        model.add(0, 2, 0).ids(0x8086, 0x5845, 0x010802);
        model.add(0, 3, 0).ids(0x10ec, 0x8139, 0x020000);
        PciBus bus = new PciBus(List.of(model));
        bus.know(bus.devices().getFirst());
        assertEquals(List.of(), unknown(bus, UnknownDevices.STORAGE));
        assertEquals(
                List.of(
                        "this image has no driver for pci 0000:00:03.0 [10ec:8139] Realtek,"
                                + " Ethernet controller"),
                unknown(bus, UnknownDevices.NETWORK));
    }

    /** As QEMU's q35 has it: an ISA bridge, SATA and SMBus are functions of one device. */
    @Test
    void whatTheChipsetHasIsNotNamed() {
        PciModel model = new PciModel();
        model.add(0, 2, 0).ids(0x8086, 0x2922, 0x010601);
        model.add(0, 31, 0).ids(0x8086, 0x2918, 0x060100).header(0x80);
        model.add(0, 31, 2).ids(0x8086, 0x2922, 0x010601);
        PciBus bus = new PciBus(List.of(model));
        assertEquals(2, bus.devices().size());
        assertEquals(
                List.of(
                        "this image has no driver for pci 0000:00:02.0 [8086:2922] Intel, SATA"
                                + " controller"),
                unknown(bus, UnknownDevices.STORAGE));
    }

    @Test
    void whatNobodySearchesForIsNamedOnceAndNotWhatEveryPcHas() {
        PciModel model = new PciModel();
        model.add(0, 2, 0).ids(0x1234, 0x1111, 0x030000);
        model.add(0, 3, 0).ids(0x1234, 0x11e8, 0x00ff00);
        model.add(0, 4, 0).ids(0x8086, 0x2930, 0x0c0500);
        PciBus bus = new PciBus(List.of(model));
        assertEquals(
                List.of(
                        "this image has no driver for pci 0000:00:03.0 [1234:11e8] QEMU, device"
                                + " of no class"),
                unknown(bus, UnknownDevices.NETWORK));
        assertEquals(List.of(), unknown(bus, UnknownDevices.STORAGE), "a second time");
    }

    @Test
    void aDeviceHasOneDriver() throws IOException {
        PciBus bus = bus();
        PciDevice device = bus.devices().getFirst();
        bus.claim(device, milliseconds -> {});
        assertTrue(bus.isClaimed(device));
        assertThrows(IOException.class, () -> bus.claim(device, milliseconds -> {}));
        bus.release(device);
        assertFalse(bus.isClaimed(device));
        bus.claim(device, milliseconds -> {});
    }

    /** By the power state, which is written when the second driver has it, and not before. */
    @Test
    void aDeviceIsResetBeforeItsNextDriver() throws IOException {
        PciModel model = new PciModel();
        PciModel.Function function = model.add(0, 2, 0).ids(0x8086, 0x5845, 0x010802);
        function.capabilities(0x40).bytes(0x40, "01 00 03 00 00 00");
        function.writable.putShort(0x44, (short) 3);
        List<Integer> states = new ArrayList<>();
        function.effect =
                (f, offset, value) -> {
                    if (offset == 0x44) {
                        states.add(value & 3);
                    }
                };
        PciBus bus = new PciBus(List.of(model));
        PciDevice device = bus.devices().getFirst();
        bus.claim(device, milliseconds -> {});
        bus.release(device);
        assertEquals(List.of(), states);
        bus.claim(device, milliseconds -> {});
        assertEquals(List.of(3, 0), states);
    }

    @Test
    void oneThatDoesNotComeBackHasNoDriver() throws IOException {
        PciModel model = new PciModel();
        PciModel.Function function = model.add(0, 2, 0).ids(0x8086, 0x5845, 0x010802);
        function.capabilities(0x40).bytes(0x40, "13 00 06 03 00 00");
        function.effect =
                (f, offset, value) -> {
                    if (offset == 0x44) {
                        f.registers.putInt(0, -1);
                    }
                };
        PciBus bus = new PciBus(List.of(model));
        PciDevice device = bus.devices().getFirst();
        bus.claim(device, milliseconds -> {});
        bus.release(device);
        assertThrows(IOException.class, () -> bus.claim(device, milliseconds -> {}));
        assertFalse(bus.isClaimed(device));
    }
}
