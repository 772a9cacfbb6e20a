package dev.cortado.drivers.virtio.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.acpi.Tables;
import dev.cortado.drivers.acpi.aml.RegionAccess;
import dev.cortado.drivers.acpi.aml.RegionModel;
import dev.cortado.drivers.virtio.transport.MmioPlace;
import java.util.ArrayList;
import java.util.Arrays;
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
                List.of(new MmioPlace(0xfeb0_2e00L, 0x200, 47, -1, true, false)),
                find(RegionAccess.NONE, Tables.bytes("microvm-dsdt.aml")));
        assertEquals(List.of(), problems);
    }

    /** ACPI 6.5, 6.4.3.6: bit 1 of the flags is edge triggered, bit 2 active low. */
    @Test
    void theirInterruptsAreWhatTheTablesSay() {
        byte[] table = Tables.bytes("microvm-dsdt.aml");
        byte[] interrupt = {(byte) 0x89, 6, 0, 1, 1, 47, 0, 0, 0};
        int at = 0;
        while (!Arrays.equals(table, at, at + 9, interrupt, 0, 9)) {
            at++;
        }
        table[at + 3] = 0b011;
        MmioPlace place = new MmioPlace(0xfeb0_2e00L, 0x200, 47, -1, false, false);
        assertEquals(List.of(place), find(RegionAccess.NONE, Tables.seal(table)));
        table[at + 3] = 0b101;
        place = new MmioPlace(0xfeb0_2e00L, 0x200, 47, -1, true, true);
        assertEquals(List.of(place), find(RegionAccess.NONE, Tables.seal(table)));
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
