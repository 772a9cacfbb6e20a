package dev.cortado.drivers.pci.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.drivers.acpi.PinInterrupt;
import dev.cortado.drivers.acpi.Tables;
import dev.cortado.drivers.acpi.aml.AmlException;
import dev.cortado.drivers.acpi.aml.RegionAccess;
import dev.cortado.drivers.pci.InterruptPin;
import dev.cortado.drivers.pci.PciAddress;
import dev.cortado.drivers.pci.PciModel;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tables of QEMU's machines. */
final class PinRoutingTest {
    private final PciModel model = new PciModel();
    private final RegionAccess regions = new ConfigurationRegions(address -> 0, 0, List.of(model));

    private Optional<PinInterrupt> find(String table, InterruptPin pin) throws AmlException {
        return PinRouting.find(List.of(Tables.bytes(table)), regions, pin);
    }

    /** Of device 4, INTB: the third of the PIIX3's four registers, which SeaBIOS has set. */
    @Test
    void aPinOfPcEndsWhereAChipsRegisterSays() throws AmlException {
        PciModel.Function bridge = model.add(0, 1, 0).ids(0x8086, 0x7000, 0x060100);
        bridge.bytes(0x60, "0a 0a 0b 0b");
        assertEquals(
                Optional.of(new PinInterrupt(11, true, false)),
                find("pc-dsdt.aml", new InterruptPin(0, 0, 4, 1)));
        assertEquals(
                Optional.of(new PinInterrupt(10, true, false)),
                find("pc-dsdt.aml", new InterruptPin(0, 0, 4, 2)));
    }

    @Test
    void aRegisterThatIsOffIsSet() throws AmlException {
        PciModel.Function bridge = model.add(0, 1, 0).ids(0x8086, 0x7000, 0x060100);
        bridge.bytes(0x60, "80 80 80 80");
        bridge.writable.putInt(0x60, -1);
        assertEquals(
                Optional.of(new PinInterrupt(5, true, false)),
                find("pc-dsdt.aml", new InterruptPin(0, 0, 0, 2)));
        assertEquals(0x8080_8005, bridge.registers.getInt(0x60));
    }

    @Test
    void aPinOfQ35EndsAtALineThatIsaDoesNotHave() throws AmlException {
        assertEquals(
                Optional.of(new PinInterrupt(19, true, false)),
                find("q35-dsdt.aml", new InterruptPin(0, 0, 31, 4)));
    }

    @Test
    void whatNoBridgeKnowsEndsNowhere() throws AmlException {
        assertEquals(Optional.empty(), find("q35-dsdt.aml", new InterruptPin(1, 0, 31, 4)));
        assertEquals(Optional.empty(), find("q35-dsdt.aml", new InterruptPin(0, 7, 31, 4)));
        assertEquals(
                Optional.empty(),
                PinRouting.find(List.of(), regions, new InterruptPin(0, 0, 31, 4)));
    }

    @Test
    void registersThatAreNotThereAreRefused() {
        PciAddress there = new PciAddress(0, 0, 1, 0);
        assertThrows(AmlException.class, () -> regions.readConfiguration(there, 253, 4));
        assertThrows(AmlException.class, () -> regions.readConfiguration(there, -1, 1));
        PciAddress elsewhere = new PciAddress(1, 0, 1, 0);
        assertThrows(AmlException.class, () -> regions.writeConfiguration(elsewhere, 0, 1, 0));
        assertThrows(AmlException.class, () -> regions.readMemory(0, 1));
    }
}
