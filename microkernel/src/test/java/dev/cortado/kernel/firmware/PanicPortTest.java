package dev.cortado.kernel.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** QEMU's pvpanic in a definition block, with the bytes that QEMU 7.2's machines have there. */
final class PanicPortTest {
    private static final int RSDP = 0x1_0000;
    private static final int XSDT = 0x1_0100;
    private static final int FADT = 0x1_0200;
    private static final int DSDT = 0x1_0400;

    private static final String ID = "08 5f484944 0d 51454d5530303031 00 ";
    private static final String RESOURCES = "08 5f435253 11 0d 0a 0a ";
    private static final String PORT = "47 01 05 05 05 05 01 01 79 00 ";
    private static final String SOMETHING = "10 05 5f53425f 08 4142435f 0a 05 ";

    private static int port(String definitions) {
        FirmwareImage image =
                new FirmwareImage()
                        .rootPointer(RSDP, 0, XSDT)
                        .extendedRoot(XSDT, FADT)
                        .table(FADT, "FACP", "00".repeat(244 - 36))
                        .table(DSDT, "DSDT", definitions);
        FirmwareTables tables = image.setInt(FADT + 40, DSDT).correct().tables();
        tables.read(RSDP);
        return tables.panicPort();
    }

    @Test
    void readsThePortOfTheDevice() {
        assertEquals(0x505, port(SOMETHING + ID + RESOURCES + PORT + SOMETHING));
        assertEquals(0x1605, port(ID + RESOURCES + "47 01 05 16 05 16 01 01"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SOMETHING + RESOURCES + PORT, // another device's
                "08 5f484944 0c 51454d5530303031 00 " + RESOURCES + PORT, // no string
                "08 5f484944 0d 51454d5530303032 00 " + RESOURCES + PORT, // QEMU0002
                ID + RESOURCES + "47 01 05 05 15 05 01 01 79 00", // a range
                ID + RESOURCES + "47 01 05 05 05 05 01 02 79 00", // two ports
                ID + SOMETHING + SOMETHING + SOMETHING + RESOURCES + PORT, // too far behind it
                ID + RESOURCES + "47 01 05 05 05 05 01", // cut off
                ID,
                "0d 51454d55303030"
            })
    void believesNothingElse(String definitions) {
        assertEquals(0, port(definitions));
    }

    @Test
    void survivesAnyBytes() {
        Random random = new Random(11);
        String[] parts = {ID, RESOURCES, PORT, "0d ", "51 ", "47 ", "00 "};
        for (int round = 0; round < 2000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            int port = port(text.toString());
            assertEquals(port, port & 0xffff);
        }
    }
}
