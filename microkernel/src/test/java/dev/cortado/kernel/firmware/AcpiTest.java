package dev.cortado.kernel.firmware;

import static dev.cortado.kernel.firmware.AcpiMachine.FADT;
import static dev.cortado.kernel.firmware.AcpiMachine.HPET;
import static dev.cortado.kernel.firmware.AcpiMachine.MADT;
import static dev.cortado.kernel.firmware.AcpiMachine.MADT_BODY;
import static dev.cortado.kernel.firmware.AcpiMachine.MCFG;
import static dev.cortado.kernel.firmware.AcpiMachine.RSDP;
import static dev.cortado.kernel.firmware.AcpiMachine.RSDT;
import static dev.cortado.kernel.firmware.AcpiMachine.XSDT;
import static dev.cortado.kernel.firmware.AcpiMachine.apicIds;
import static dev.cortado.kernel.firmware.AcpiMachine.fadt;
import static dev.cortado.kernel.firmware.AcpiMachine.machine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ACPI tables with bytes from the specification (ACPI 6.5, chapter 5). */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class AcpiTest {
    @Test
    void readsProcessorsAndInterruptControllers() {
        FirmwareTables tables = machine().tables();
        assertTrue(tables.read(RSDP));
        InterruptTopology topology = tables.topology();
        assertEquals(List.of(0, 2, 256), apicIds(tables));
        assertEquals(1, topology.processors().indexOf(2));
        assertEquals(-1, topology.processors().indexOf(4), "disabled");
        assertEquals(0xfee0_0000L, topology.localApicAddress());
        IoApics ioApics = topology.ioApics();
        assertEquals(2, ioApics.count());
        assertEquals(5, ioApics.id(0));
        assertEquals(0xfec0_0000L, ioApics.address(0));
        assertEquals(0, ioApics.firstInterrupt(0));
        assertEquals(0xfec1_0000L, ioApics.address(1));
        assertEquals(24, ioApics.firstInterrupt(1));
        assertEquals(0, ioApics.indexFor(23));
        assertEquals(1, ioApics.indexFor(24));
        InterruptOverrides overrides = topology.overrides();
        assertEquals(3, overrides.count(), "the one of another bus is left out");
        assertEquals(2, overrides.globalInterrupt(0));
        assertFalse(overrides.isActiveLow(0));
        assertFalse(overrides.isLevelTriggered(0));
        assertEquals(9, overrides.globalInterrupt(9));
        assertFalse(overrides.isActiveLow(9));
        assertTrue(overrides.isLevelTriggered(9));
        assertEquals(11, overrides.globalInterrupt(10));
        assertTrue(overrides.isActiveLow(10));
        assertTrue(overrides.isLevelTriggered(10));
        assertEquals(4, overrides.globalInterrupt(4), "no override");
        assertFalse(overrides.isActiveLow(4));
        assertFalse(overrides.isLevelTriggered(4));
    }

    @Test
    void readsTheLocalApicsLongAddress() {
        FirmwareImage image = machine();
        image.table(MADT, "APIC", MADT_BODY + "05 0c 0000 0000e0fe01000000");
        FirmwareTables tables = image.tables();
        assertTrue(tables.read(RSDP));
        assertEquals(0x1_fee0_0000L, tables.topology().localApicAddress());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000000000000000", "0100e0fe00000000", "0000e0fe00001000"})
    void doesNotBelieveALocalApicAtAnOddAddress(String address) {
        FirmwareImage image = machine();
        image.table(MADT, "APIC", MADT_BODY + "05 0c 0000" + address);
        FirmwareTables tables = image.tables();
        assertTrue(tables.read(RSDP));
        assertEquals(0xfee0_0000L, tables.topology().localApicAddress());
    }

    @Test
    void readsWhatSwitchesTheMachineOff() {
        FirmwareTables tables = machine().tables();
        tables.read(RSDP);
        PowerRegisters power = tables.power();
        assertFalse(power.isHardwareReduced());
        assertTrue(power.pm1aControl().isPort());
        assertEquals(0x604, power.pm1aControl().address());
        assertFalse(power.pm1bControl().isPresent());
        assertFalse(power.sleepControl().isPresent());
        assertTrue(power.reset().isPort());
        assertEquals(0xcf9, power.reset().address());
        assertEquals(0x0f, power.resetValue());
    }

    @Test
    void readsTheRegistersOfReducedHardware() {
        FirmwareImage image = machine();
        image.setInt(FADT + 112, 1 << 20 | 1 << 10);
        image.hex(FADT + 116, "00 08 00 01 0202e0fe00000000").setByte(FADT + 128, 0x42);
        image.hex(FADT + 244, "00 08 00 01 0002e0fe00000000").correct();
        FirmwareTables tables = image.tables();
        tables.read(RSDP);
        PowerRegisters power = tables.power();
        assertTrue(power.isHardwareReduced());
        assertFalse(power.pm1aControl().isPresent());
        assertTrue(power.sleepControl().isPresent());
        assertFalse(power.sleepControl().isPort());
        assertEquals(0xfee0_0200L, power.sleepControl().address());
        assertFalse(power.reset().isPort());
        assertEquals(0xfee0_0202L, power.reset().address());
        assertEquals(0x42, power.resetValue());
    }

    @Test
    void anOldFadtHasOnlyPorts() {
        FirmwareImage image = machine();
        image.table(FADT, "FACP", fadt().substring(0, 2 * (116 - 36)));
        FirmwareTables tables = image.tables();
        tables.read(RSDP);
        assertEquals(0x604, tables.power().pm1aControl().address());
        assertFalse(tables.power().reset().isPresent());
        image.table(FADT, "FACP", fadt().substring(0, 2 * (67 - 36)));
        tables.read(RSDP);
        assertFalse(tables.power().pm1aControl().isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "02 08 00 01 f90c000000000000",
                "01 08 00 01 0000010000000000",
                "00 08 00 01 00000000000000ff",
                "00 08 00 01 0000000000000000"
            })
    void aRegisterThatIsNeitherPortNorMemoryIsNone(String register) {
        FirmwareImage image = machine();
        image.hex(FADT + 116, register).correct();
        FirmwareTables tables = image.tables();
        tables.read(RSDP);
        assertFalse(tables.power().reset().isPresent());
    }

    @Test
    void readsWherePciIsConfigured() {
        FirmwareTables tables = machine().tables();
        tables.read(RSDP);
        PciConfigurationAreas areas = tables.pciConfiguration();
        assertEquals(2, areas.count());
        assertEquals(0xb000_0000L, areas.address(0));
        assertEquals(0, areas.segment(0));
        assertEquals(0, areas.firstBus(0));
        assertEquals(255, areas.lastBus(0));
        assertEquals(0x1_c000_0000L, areas.address(1));
        assertEquals(1, areas.segment(1));
        assertEquals(16, areas.firstBus(1));
        assertEquals(31, areas.lastBus(1));
    }

    /** A table as QEMU's q35 has it (IA-PC HPET Specification 1.0a, 3.2.4). */
    @Test
    void readsWhereTheEventTimerIs() {
        FirmwareImage image = machine();
        FirmwareTables tables = image.tables();
        tables.read(RSDP);
        assertEquals(0, tables.eventTimer());
        image.extendedRoot(XSDT, HPET);
        image.table(HPET, "HPET", "01a28680 00 00 00 00 0000d0fe00000000 00 0000 00");
        tables.read(RSDP);
        assertEquals(0xfed0_0000L, tables.eventTimer());
        image.table(HPET, "HPET", "01a28680 01 00 00 00 0010000000000000 00 0000 00");
        tables.read(RSDP);
        assertEquals(0, tables.eventTimer(), "ports");
        image.table(HPET, "HPET", "01a28680 00 00 00 00 0000d0fe00000000 00 0000");
        tables.read(RSDP);
        assertEquals(0, tables.eventTimer(), "too short");
        image.table(HPET, "HPET", "01a28680 00 00 00 00 0000d0fe00001000 00 0000 00");
        tables.read(RSDP);
        assertEquals(0, tables.eventTimer(), "no physical address");
    }

    @Test
    void leavesOutPciAreasThatMakeNoSense() {
        String good = "000000b000000000 0000 00 ff 00000000";
        FirmwareImage image = machine();
        image.table(
                MCFG,
                "MCFG",
                "0000000000000000"
                        + "000008b000000000 0000 00 ff 00000000"
                        + "0000000000000000 0000 00 ff 00000000"
                        + "00000000000010ff 0000 00 ff 00000000"
                        + "000000b000000000 0000 20 1f 00000000"
                        + good
                        + good.substring(0, 16));
        FirmwareTables tables = image.tables();
        tables.read(RSDP);
        assertEquals(1, tables.pciConfiguration().count());
    }

    @Test
    void readsTablesOfRevisionZero() {
        FirmwareImage image = machine().oldRootPointer(0x1_0080, RSDT);
        FirmwareTables tables = image.tables();
        assertTrue(tables.read(0x1_0080));
        assertEquals(List.of(0, 2, 256), apicIds(tables));
    }

    @Test
    void takesTheShortRootWhereTheLongOneCannotBeRead() {
        for (long xsdt : new long[] {0, 0x1_0000_0000L, -1, Long.MIN_VALUE, MADT}) {
            FirmwareImage image = machine().rootPointer(RSDP, RSDT, xsdt);
            assertTrue(image.tables().read(RSDP), "XSDT at " + xsdt);
        }
    }

    @Test
    void findsTheRootPointerWhereABiosPutsIt() {
        for (int at : new int[] {0x9_fc00, 0x9_fff0, 0xe_0000, 0xf_5a20, 0xf_ffd0}) {
            FirmwareImage image = machine().rootPointer(at, RSDT, XSDT);
            assertTrue(image.tables().read(0), "at " + at);
        }
        for (int at : new int[] {0x9_fbf0, 0xd_fff0, 0x10_0000, 0xf_5a28}) {
            FirmwareImage image = machine().rootPointer(at, RSDT, XSDT);
            assertFalse(image.tables().read(0), "at " + at);
        }
    }

    @Test
    void findsTheNthTableOfAName() {
        FirmwareImage image = machine();
        image.extendedRoot(XSDT, MADT, FADT, MADT, 0, MCFG, -1);
        AcpiTables acpi = new AcpiTables(new FirmwareMemory(image, FirmwareImage.BYTES));
        assertEquals(AcpiTables.NONE, acpi.find(AcpiTables.MADT, 0), "not open yet");
        assertTrue(acpi.open(RSDP));
        assertEquals(MADT, acpi.find(AcpiTables.MADT, 0));
        assertEquals(MADT, acpi.find(AcpiTables.MADT, 1));
        assertEquals(AcpiTables.NONE, acpi.find(AcpiTables.MADT, 2));
        assertEquals(AcpiTables.NONE, acpi.find(AcpiTables.MADT, -1));
        assertEquals(FADT, acpi.find(AcpiTables.FADT, 0));
        assertFalse(acpi.open(RSDP + 16));
        assertEquals(AcpiTables.NONE, acpi.find(AcpiTables.MADT, 0), "closed again");
    }

    /** Through another memory, when that of the boot is gone. */
    @Test
    void definitionBlocksAreCopiedLater() {
        int dsdt = 0x1_1000;
        int ssdt = 0x1_1100;
        int second = 0x1_1200;
        FirmwareImage image =
                machine()
                        .extendedRoot(XSDT, FADT, MADT, ssdt, second)
                        .table(dsdt, "DSDT", "a1 00")
                        .table(ssdt, "SSDT", "a2")
                        .table(second, "SSDT", "a3 01 02");
        image.setInt(FADT + 40, dsdt).setLong(FADT + 140, dsdt).correct();
        FirmwareTables tables = image.tables();
        assertTrue(tables.read(RSDP));
        List<byte[]> blocks = tables.definitionBlocks(image, FirmwareImage.BYTES);
        assertEquals(List.of(38, 37, 39), blocks.stream().map(block -> block.length).toList());
        assertEquals(0xa1, blocks.getFirst()[36] & 0xff);
        assertEquals(0x02, blocks.getLast()[38]);
        // What is overwritten by then is not believed.
        image.setByte(ssdt + 36, 0xff);
        assertEquals(2, tables.definitionBlocks(image, FirmwareImage.BYTES).size());
        assertEquals(0, tables.definitionBlocks(image, dsdt).size());
        image.setByte(dsdt + 36, 0xff);
        assertEquals(0, tables.definitionBlocks(image, FirmwareImage.BYTES).size());
        image.correct().setByte(XSDT + 36, 0xff);
        assertEquals(1, tables.definitionBlocks(image, FirmwareImage.BYTES).size());
    }
}
