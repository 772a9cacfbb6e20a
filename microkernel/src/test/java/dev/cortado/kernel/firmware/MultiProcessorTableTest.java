package dev.cortado.kernel.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables with bytes from the MultiProcessor Specification 1.4, chapter 4. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class MultiProcessorTableTest {
    private static final int POINTER = 0x9_fc00;
    private static final int TABLE = POINTER + 16;
    private static final int END = TABLE + 0x140;

    private static final String PROCESSORS =
            """
            00 00 14 03 00060000 01020000 0000000000000000
            00 01 14 01 00060000 01020000 0000000000000000
            00 02 14 00 00060000 01020000 0000000000000000
            00 03 14 01 00060000 01020000 0000000000000000
            """;

    private static final String BUSES = "01 00 495341202020 01 01 504349202020";
    private static final String IO_APIC = "02 05 14 01 0000c0fe";
    private static final String LOCAL_INTERRUPTS = "04 03 0000 00 00 00 00 04 01 0000 00 00 ff 01";

    /** ISA line 0 at input 2, line 9 level and low, a PCI line, an NMI, an unknown IO-APIC. */
    private static final String INTERRUPTS =
            """
            03 00 0000 00 00 05 02
            03 00 0000 00 01 05 01
            03 00 0f00 00 09 05 09
            03 00 0f00 01 04 05 0a
            03 01 0000 00 03 05 0b
            03 00 0000 00 06 09 0c
            """;

    /** As Firecracker and its relatives write it: right behind the pointer, no count of entries. */
    private static FirmwareImage machine(String entries) {
        return machine(POINTER, TABLE, entries);
    }

    private static FirmwareImage machine(int pointer, int table, String entries) {
        FirmwareImage image = new FirmwareImage();
        image.hex(table + 44, entries);
        int length = 44 + entries.replaceAll("\\s", "").length() / 2;
        image.text(table, "PCMP").setShort(table + 4, length).setByte(table + 6, 4);
        image.text(table + 8, "FC      000000000000").setInt(table + 36, 0xfee0_0000L);
        image.text(pointer, "_MP_").setInt(pointer + 4, table);
        image.setByte(pointer + 8, 1).setByte(pointer + 9, 4);
        return image.checksum(table, length, table + 7).checksum(pointer, 16, pointer + 10);
    }

    private static FirmwareImage machine() {
        return machine(PROCESSORS + BUSES + IO_APIC + INTERRUPTS + LOCAL_INTERRUPTS);
    }

    private static void assertNothing(FirmwareTables tables) {
        assertEquals(0, tables.topology().processors().count());
        assertEquals(0, tables.topology().ioApics().count());
        assertEquals(0, tables.topology().overrides().count());
    }

    @Test
    void readsProcessorsAndInterrupts() {
        FirmwareTables tables = machine().tables();
        assertTrue(tables.read(0));
        InterruptTopology topology = tables.topology();
        assertEquals(3, topology.processors().count());
        assertEquals(0, topology.processors().apicId(0));
        assertEquals(1, topology.processors().apicId(1));
        assertEquals(3, topology.processors().apicId(2), "2 is disabled");
        assertEquals(0xfee0_0000L, topology.localApicAddress());
        assertEquals(1, topology.ioApics().count());
        assertEquals(5, topology.ioApics().id(0));
        assertEquals(0xfec0_0000L, topology.ioApics().address(0));
        assertEquals(0, topology.ioApics().firstInterrupt(0));
        InterruptOverrides overrides = topology.overrides();
        assertEquals(2, overrides.count());
        assertEquals(2, overrides.globalInterrupt(0));
        assertFalse(overrides.isLevelTriggered(0));
        assertEquals(9, overrides.globalInterrupt(9));
        assertTrue(overrides.isLevelTriggered(9));
        assertTrue(overrides.isActiveLow(9));
        assertEquals(4, overrides.globalInterrupt(4), "that is a line of PCI");
        assertFalse(overrides.isActiveLow(4));
    }

    @Test
    void theOrderOfEntriesDoesNotMatter() {
        FirmwareTables tables = machine(INTERRUPTS + IO_APIC + BUSES + PROCESSORS).tables();
        assertTrue(tables.read(0));
        assertEquals(3, tables.topology().processors().count());
        assertEquals(2, tables.topology().overrides().globalInterrupt(0));
    }

    @Test
    void anIoApicThatIsOffIsNone() {
        String entries = PROCESSORS + "02 04 14 00 0000d0fe" + IO_APIC + "02 06 14 01 0000c1fe";
        FirmwareTables tables = machine(entries).tables();
        assertTrue(tables.read(0));
        assertEquals(2, tables.topology().ioApics().count());
        assertEquals(5, tables.topology().ioApics().id(0));
        assertEquals(24, tables.topology().ioApics().firstInterrupt(1));
    }

    @Test
    void findsThePointerInTheBiosToo() {
        for (int pointer : new int[] {0x9_fff0, 0xe_0000, 0xf_53f0, 0xf_fff0}) {
            assertTrue(machine(pointer, 0x2000, PROCESSORS).tables().read(0), "at " + pointer);
        }
        for (int pointer : new int[] {0x9_fbf0, 0xa_0000, 0x10_0000, 0xf_53f8}) {
            assertFalse(machine(pointer, 0x2000, PROCESSORS).tables().read(0), "at " + pointer);
        }
    }

    @Test
    void acpiGoesFirst() {
        FirmwareImage image = machine();
        image.rootPointer(0xe_0000, 0, 0x3000).extendedRoot(0x3000, 0x4000);
        image.table(0x4000, "APIC", "0000e0fe 00000000 00 08 00 07 01000000");
        FirmwareTables tables = image.tables();
        assertTrue(tables.read(0));
        assertEquals(7, tables.topology().processors().apicId(0));
        image.setByte(0x4000 + 45, 0).correct();
        assertTrue(tables.read(0), "a damaged MADT is as good as none");
        assertEquals(3, tables.topology().processors().count());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "05 00 0000 00 00 00 00", // no such type
                "80 10 0000 00 00 00 00", // of the extended table
                "00 04 14 01 00060000 01020000 00000000000000", // crosses the end
                "02"
            })
    void aDamagedEntrySpoilsTheTable(String entry) {
        FirmwareTables tables = machine(PROCESSORS + IO_APIC + entry).tables();
        assertFalse(tables.read(0));
        assertNothing(tables);
    }

    @Test
    void everyChecksumCounts() {
        for (int at : new int[] {POINTER + 9, TABLE + 8, TABLE + 50}) {
            FirmwareImage image = machine();
            image.setByte(at, image.getByte(at) + 1);
            FirmwareTables tables = image.tables();
            assertFalse(tables.read(0));
            assertNothing(tables);
        }
    }

    @Test
    void defaultConfigurationsAreNotSupported() {
        FirmwareImage image = machine();
        image.setByte(POINTER + 11, 5).correct();
        assertFalse(image.tables().read(0));
    }

    @Test
    void aTableWithoutProcessorsIsNone() {
        FirmwareTables tables = machine(BUSES + IO_APIC).tables();
        assertFalse(tables.read(0));
        assertNothing(tables);
    }

    @Test
    void memoryThatEndsAnywhere() {
        FirmwareImage image = machine();
        int end = TABLE + 0x200;
        int complete = 0;
        for (int limit = POINTER - 1; limit <= end; limit++) {
            complete += image.limit(limit).tables().read(0) ? 1 : 0;
        }
        assertTrue(complete > 0 && complete < 0x200);
    }

    @Test
    void tablesThatEndAnywhere() {
        for (int length = 0; length < 0x200; length++) {
            FirmwareImage image = machine();
            image.setShort(TABLE + 4, length);
            if (length >= 44) {
                image.checksum(TABLE, length, TABLE + 7);
            }
            image.limit(END).tables().read(0);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyBytesAreRead(long seed) {
        Random random = new Random(seed);
        FirmwareImage good = machine();
        FirmwareImage image = machine().limit(END);
        int understood = 0;
        for (int round = 0; round < 3_000; round++) {
            image.copy(good, POINTER, END);
            for (int i = random.nextInt(5); i >= 0; i--) {
                image.setByte(POINTER + random.nextInt(0x120), random.nextInt(256));
            }
            if (random.nextInt(8) != 0) {
                image.correct();
            }
            FirmwareTables tables = image.tables();
            if (tables.read(0)) {
                understood++;
                assertTrue(tables.topology().processors().count() > 0);
            } else {
                assertNothing(tables);
            }
        }
        assertTrue(understood > 300, "only " + understood + " got past the checksums");
    }
}
