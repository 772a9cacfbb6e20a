package dev.cortado.kernel.firmware;

import static dev.cortado.kernel.firmware.AcpiMachine.END;
import static dev.cortado.kernel.firmware.AcpiMachine.FADT;
import static dev.cortado.kernel.firmware.AcpiMachine.MADT;
import static dev.cortado.kernel.firmware.AcpiMachine.MADT_BODY;
import static dev.cortado.kernel.firmware.AcpiMachine.MCFG;
import static dev.cortado.kernel.firmware.AcpiMachine.RSDP;
import static dev.cortado.kernel.firmware.AcpiMachine.RSDT;
import static dev.cortado.kernel.firmware.AcpiMachine.XSDT;
import static dev.cortado.kernel.firmware.AcpiMachine.apicIds;
import static dev.cortado.kernel.firmware.AcpiMachine.assertNothing;
import static dev.cortado.kernel.firmware.AcpiMachine.machine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ACPI tables that are damaged, too long, too short, or never end. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DamagedAcpiTest {
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
