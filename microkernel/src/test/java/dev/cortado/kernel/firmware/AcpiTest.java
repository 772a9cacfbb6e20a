package dev.cortado.kernel.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ACPI tables with bytes from the specification (ACPI 6.5, chapter 5). */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class AcpiTest {
    private static final int RSDP = 0x1_0000;
    private static final int XSDT = 0x1_0100;
    private static final int RSDT = 0x1_0200;
    private static final int MADT = 0x1_0300;
    private static final int FADT = 0x1_0500;
    private static final int MCFG = 0x1_0700;
    private static final int HPET = 0x1_0780;
    private static final int END = 0x1_0800;

    /** Four CPUs, of which one is disabled and one is named twice, as a machine could have them. */
    private static final String MADT_BODY =
            """
            0000e0fe 01000000
            00 08 00 00 01000000
            00 08 01 02 01000000
            00 08 02 04 00000000
            09 10 0000 00010000 01000000 03000000
            09 10 0000 02000000 01000000 04000000
            00 08 03 ff 01000000
            01 0c 05 00 0000c0fe 00000000
            01 0c 06 00 0000c1fe 18000000
            02 0a 00 00 02000000 0000
            02 0a 00 09 09000000 0d00
            02 0a 00 0a 0b000000 0f00
            02 0a 01 05 07000000 0f00
            04 06 ff 0000 01
            """;

    private static FirmwareImage machine() {
        return new FirmwareImage()
                .rootPointer(RSDP, RSDT, XSDT)
                .extendedRoot(XSDT, FADT, MADT, MCFG)
                .root(RSDT, FADT, MADT, MCFG)
                .table(MADT, "APIC", MADT_BODY)
                .table(FADT, "FACP", fadt())
                .table(
                        MCFG,
                        "MCFG",
                        "0000000000000000 000000b000000000 0000 00 ff 00000000"
                                + "000000c001000000 0100 10 1f 00000000");
    }

    /** All of a FADT of ACPI 6 (244 + 12 + 12 + 8 bytes), the header left out. */
    private static String fadt() {
        FirmwareImage body = new FirmwareImage();
        body.setInt(64, 0x604).setInt(112, 1 << 10);
        body.hex(116, "01 08 00 01 f90c000000000000").setByte(128, 0x0f);
        body.hex(172, "01 10 00 02 0406000000000000");
        StringBuilder text = new StringBuilder();
        for (int i = FirmwareImage.HEADER_BYTES; i < 276; i++) {
            text.append("%02x".formatted(body.getByte(i)));
        }
        return text.toString();
    }

    private static List<Integer> apicIds(FirmwareTables tables) {
        Processors processors = tables.topology().processors();
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < processors.count(); i++) {
            ids.add(processors.apicId(i));
        }
        return ids;
    }

    private static void assertNothing(FirmwareTables tables) {
        assertEquals(0, tables.topology().processors().count());
        assertEquals(0, tables.topology().ioApics().count());
        assertEquals(0, tables.topology().overrides().count());
        assertEquals(0xfee0_0000L, tables.topology().localApicAddress());
    }

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

    @Test
    void everyChecksumCounts() {
        for (int at :
                new int[] {RSDP + 10, RSDP + 33, XSDT + 40, MADT + 50, FADT + 70, MCFG + 40}) {
            FirmwareImage image = machine();
            image.setInt(RSDP + 16, 0).correct();
            image.setByte(at, image.getByte(at) + 1);
            FirmwareTables tables = image.tables();
            boolean topology = tables.read(RSDP);
            boolean power = tables.power().pm1aControl().isPresent();
            boolean pci = tables.pciConfiguration().count() > 0;
            assertFalse(topology && power && pci, "changed at %x".formatted(at));
            assertTrue(tables.isDamaged() || at < XSDT, "changed at %x".formatted(at));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00 00", // length 0: would never end
                "00 01 00", // shorter than its own header
                "00 07 00 00 010000", // shorter than its type is
                "01 0b 00 00 0000c0fe 000000",
                "02 09 00 00 02000000 00",
                "05 0b 0000 00000000000000",
                "09 0f 0000 00000000 01000000 000000",
                "7f 03 00 00", // a byte is left over
                "7f 05 00 00", // crosses the table's end
                "00 08 00 00 010000", // the same, of a known type
                "7f 00"
            })
    void aDamagedStructureSpoilsTheTable(String structure) {
        FirmwareImage image = machine();
        image.table(MADT, "APIC", MADT_BODY + structure);
        FirmwareTables tables = image.tables();
        assertFalse(tables.read(RSDP));
        assertNothing(tables);
        assertTrue(tables.isDamaged());
        assertTrue(tables.power().pm1aControl().isPresent(), "the other tables are good");
    }

    @Test
    void passesOverStructuresOfOtherTypes() {
        FirmwareImage image = machine();
        image.table(MADT, "APIC", "0000e0fe 00000000 7f 02 ee 05 112233 00 08 00 07 01000000");
        FirmwareTables tables = image.tables();
        assertTrue(tables.read(RSDP));
        assertEquals(List.of(7), apicIds(tables));
    }

    @Test
    void aMadtWithoutProcessorsIsNone() {
        FirmwareImage image = machine();
        image.table(MADT, "APIC", "0000e0fe 00000000 01 0c 05 00 0000c0fe 00000000");
        FirmwareTables tables = image.tables();
        assertFalse(tables.read(RSDP));
        assertNothing(tables);
    }

    @Test
    void tablesThatAreTooLongAreNotRead() {
        for (long length : new long[] {0, 35, 43, 0xffff_ffffL, 0x8000_0000L}) {
            FirmwareImage image = machine();
            image.setInt(MADT + 4, length).correct();
            assertFalse(image.tables().read(RSDP), "length " + length);
        }
        FirmwareImage image = machine();
        image.setInt(RSDP + 20, 0xffff_ffffL).correct();
        assertFalse(image.tables().read(RSDP), "root pointer");
    }

    @Test
    void oneMebibyteIsTheLongestTable() {
        int rsdp = 0x11_0000;
        int root = 0x100;
        int table = 0x1000;
        FirmwareImage image = new FirmwareImage();
        image.rootPointer(rsdp, 0, root).extendedRoot(root, table);
        String longest =
                "0000e0fe 00000000 0008000001000000"
                        + ("7fff" + "00".repeat(253)).repeat(4111)
                        + "7fdb"
                        + "00".repeat(0xd9);
        image.table(table, "APIC", longest);
        assertTrue(image.tables().read(rsdp));
        image.table(table, "APIC", longest + "7f02");
        assertFalse(image.tables().read(rsdp));
    }

    @Test
    void aRootShorterThanItsHeaderIsNone() {
        FirmwareImage image = machine();
        image.setInt(XSDT + 4, 0);
        assertTrue(image.tables().read(RSDP), "the short root is good");
        image.setInt(RSDT + 4, 0);
        AcpiTables acpi = new AcpiTables(new FirmwareMemory(image, FirmwareImage.BYTES));
        assertFalse(acpi.open(RSDP));
    }

    @Test
    void aLastByteIsNotAStructure() {
        FirmwareImage image = machine();
        image.table(MADT, "APIC", MADT_BODY + "7f");
        int end = MADT + FirmwareImage.HEADER_BYTES + hexLength(MADT_BODY) + 1;
        assertFalse(image.limit(end).tables().read(RSDP));
    }

    @Test
    void whatDoesNotFitIsLeftOut() {
        FirmwareImage image = new FirmwareImage();
        int root = 0x100;
        int table = 0x1000;
        StringBuilder body = new StringBuilder("0000e0fe00000000");
        for (int i = 0; i < 500; i++) {
            body.append("09100000%08x0100000000000000".formatted(Integer.reverseBytes(i)));
            body.append(
                    "010c0000%08x%08x"
                            .formatted(
                                    Integer.reverseBytes(0x1000 * (i + 1)),
                                    Integer.reverseBytes(24 * i)));
            body.append("020a00%02x%08x0000".formatted(i & 0xff, i << 24));
        }
        image.rootPointer(RSDP, 0, root).extendedRoot(root, table);
        image.table(table, "APIC", body.toString());
        FirmwareTables tables = image.tables();
        assertTrue(tables.read(RSDP));
        assertEquals(256, tables.topology().processors().count());
        assertEquals(255, tables.topology().processors().apicId(255));
        assertEquals(16, tables.topology().ioApics().count());
        assertEquals(24, tables.topology().overrides().count());
    }

    @Test
    void aRootFullOfTheSameTableEndsSoon() {
        FirmwareImage image = new FirmwareImage();
        int root = 0x2_0000;
        int table = 0x1000;
        long[] tables = new long[20_000];
        Arrays.fill(tables, table);
        image.rootPointer(RSDP, 0, root).extendedRoot(root, tables);
        image.table(table, "XXXX", "00".repeat(0x8000));
        AcpiTables acpi = new AcpiTables(new FirmwareMemory(image, FirmwareImage.BYTES));
        assertTrue(acpi.open(RSDP));
        long signature = FirmwareMemory.signature("XXXX");
        assertEquals(table, acpi.find(signature, 255));
        assertEquals(AcpiTables.NONE, acpi.find(signature, 256));
    }

    /** The memory ends at every byte in turn. */
    @Test
    void memoryThatEndsAnywhere() {
        FirmwareImage image = machine();
        int complete = 0;
        for (int limit = 0; limit <= END; limit += limit < RSDP ? 16 : 1) {
            FirmwareTables tables = image.limit(limit).tables();
            if (tables.read(RSDP)) {
                complete++;
                assertTrue(limit >= MADT + hexLength(MADT_BODY) + FirmwareImage.HEADER_BYTES);
            }
        }
        assertTrue(complete > 0);
    }

    /** Every table's length in turn is made shorter, byte by byte, with right checksums. */
    @Test
    void tablesThatEndAnywhere() {
        for (int table : new int[] {XSDT, MADT, FADT, MCFG}) {
            for (int length = 0; length < 0x200; length++) {
                FirmwareImage image = machine();
                image.setInt(table + 4, length);
                if (length >= 36) {
                    image.checksum(table, length, table + 9);
                }
                image.limit(END).tables().read(RSDP);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void anyBytesAreRead(long seed) {
        Random random = new Random(seed);
        FirmwareImage good = machine();
        FirmwareImage image = machine().limit(END);
        int understood = 0;
        for (int round = 0; round < 3_000; round++) {
            image.copy(good, RSDP, END);
            for (int i = random.nextInt(8); i >= 0; i--) {
                int at = RSDP + random.nextInt(END - RSDP);
                image.setByte(at, random.nextBoolean() ? random.nextInt(256) : -random.nextInt(2));
            }
            if (random.nextInt(8) != 0) {
                image.correct();
            }
            FirmwareTables tables = image.tables();
            if (tables.read(RSDP)) {
                understood++;
                assertTrue(tables.topology().processors().count() > 0);
            } else {
                assertNothing(tables);
            }
        }
        assertTrue(understood > 300, "only " + understood + " got past the checksums");
    }

    private static int hexLength(String digits) {
        return digits.replaceAll("\\s", "").length() / 2;
    }
}
