package dev.cortado.kernel.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The object _S5 in definition blocks, with the bytes that QEMU 7.2's machines have there. */
final class SleepTypesTest {
    private static final int RSDP = 0x1_0000;
    private static final int XSDT = 0x1_0100;
    private static final int FADT = 0x1_0200;
    private static final int DSDT = 0x1_0400;
    private static final int SSDT = 0x1_0600;
    private static final int OTHER_SSDT = 0x1_0800;

    private static final String SOMETHING = "10 05 5f53425f 08 4142435f 0a 05 ";

    private static FirmwareImage machine(String definitions) {
        FirmwareImage image =
                new FirmwareImage()
                        .rootPointer(RSDP, 0, XSDT)
                        .extendedRoot(XSDT, FADT, SSDT, OTHER_SSDT)
                        .table(FADT, "FACP", "00".repeat(244 - 36))
                        .table(DSDT, "DSDT", definitions)
                        .table(SSDT, "SSDT", SOMETHING)
                        .table(OTHER_SSDT, "SSDT", SOMETHING);
        return image.setInt(FADT + 40, DSDT).correct();
    }

    private static SleepTypes read(FirmwareImage image) {
        FirmwareTables tables = image.tables();
        tables.read(RSDP);
        return tables.sleepTypes();
    }

    @ParameterizedTest
    @CsvSource({
        "08 5f53355f 12 06 04 00 00 00 00, 0, 0", // pc, q35
        "08 5f53355f 12 07 04 0a 05 00 00 00, 5, 0", // microvm
        "08 5c 5f53355f 12 08 04 0a 07 0a 06 00 00, 7, 6", // \_S5
        "08 5f53355f 12 46 00 02 01 01, 1, 1", // a longer PkgLength
        "08 5f53355f 12 05 01 0b 03 00, 3, 3", // one number only
        "08 5f53355f 12 0c 02 0c 02 00 00 00 0a 04, 2, 4"
    })
    void readsThePackage(String object, int typeA, int typeB) {
        SleepTypes types = read(machine(SOMETHING + object + SOMETHING));
        assertTrue(types.areKnown());
        assertEquals(typeA, types.typeA());
        assertEquals(typeB, types.typeB());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SOMETHING,
                "5f53355f 12 06 04 00 00 00 00", // no name operator
                "08 5f53355f 0a 05", // no package
                "08 5f53355f 12 02 00", // an empty one
                "08 5f53355f 12 07 04 0a 08 00 00 00", // more than three bits
                "08 5f53355f 12 07 04 70 00 00 00 00", // not a constant
                "08 5f53355f 12", // the end
                "08 5f53355f 12 c6"
            })
    void believesNothingElse(String definitions) {
        assertFalse(read(machine(definitions)).areKnown());
    }

    @Test
    void looksIntoSecondaryTablesAsWell() {
        FirmwareImage image = machine(SOMETHING);
        image.table(OTHER_SSDT, "SSDT", SOMETHING + "08 5f53355f 12 06 04 01 00 00 00");
        assertEquals(1, read(image).typeA());
    }

    @Test
    void doesNotReadADamagedTable() {
        FirmwareImage image = machine("08 5f53355f 12 06 04 00 00 00 00");
        image.setByte(DSDT + 40, 1);
        assertFalse(read(image).areKnown());
    }

    @Test
    void survivesAnyBytes() {
        Random random = new Random(11);
        String[] parts = {"08", "5f53355f", "12", "5c", "04", "0a", "0b", "0c", "c6", "00", "ff"};
        for (int round = 0; round < 2000; round++) {
            StringBuilder body = new StringBuilder("08 5f53355f 12");
            for (int i = random.nextInt(20); i > 0; i--) {
                body.append(parts[random.nextInt(parts.length)]);
            }
            read(machine(body.toString()));
        }
    }

    @Test
    void readsTheEventsOfTheFixedButton() {
        FirmwareImage image = machine(SOMETHING);
        image.setShort(FADT + 46, 9).setInt(FADT + 48, 0xb2).setByte(FADT + 52, 2);
        image.setInt(FADT + 56, 0x600).setByte(FADT + 88, 4).correct();
        FirmwareTables tables = image.tables();
        tables.read(RSDP);
        assertEquals(0x600, tables.power().pm1aEvent().address());
        assertEquals(4, tables.power().eventBytes());
        assertEquals(9, tables.power().systemInterrupt());
        assertEquals(0xb2, tables.power().commandPort());
        assertEquals(2, tables.power().enableCommand());
        image.setInt(FADT + 112, 1 << 4).correct();
        tables.read(RSDP);
        assertFalse(tables.power().pm1aEvent().isPresent(), "a control method's button");
    }
}
