package dev.cortado.drivers.virtio.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.acpi.Tables;
import dev.cortado.drivers.acpi.aml.RegionAccess;
import dev.cortado.drivers.acpi.aml.RegionModel;
import dev.cortado.drivers.virtio.transport.MmioPlace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables of QEMU's machines, and one that has what they lack. */
final class AcpiPlacesTest {
    private final List<String> problems = new ArrayList<>();

    private List<MmioPlace> find(RegionAccess access, byte[]... tables) {
        return AcpiPlaces.find(List.of(tables), access, problems::add);
    }

    @Test
    void microvmTellsWhereItsDevicesAre() {
        assertEquals(
                List.of(new MmioPlace(0xfeb0_2e00L, 0x200, 47, -1)),
                find(RegionAccess.NONE, Tables.bytes("microvm-dsdt.aml")));
        assertEquals(List.of(), problems);
    }

    /** So no method of it can do harm, nor take time. */
    @Test
    void aMachineWithoutThemIsNotAsked() {
        RegionModel regions = new RegionModel();
        assertEquals(List.of(), find(regions, Tables.bytes("pc-dsdt.aml")));
        assertEquals("", regions.log());
    }

    @Test
    void damagedTablesAreTold() {
        byte[] table = Tables.bytes("microvm-dsdt.aml");
        table[60]++;
        assertEquals(List.of(), find(RegionAccess.NONE, table));
        assertEquals(1, problems.size());
        assertTrue(problems.getFirst().startsWith("ACPI's virtio devices: "), problems.toString());
    }
}
