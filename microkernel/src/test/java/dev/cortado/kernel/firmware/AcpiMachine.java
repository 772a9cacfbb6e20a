package dev.cortado.kernel.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

/** A machine's ACPI tables, with bytes from the specification (ACPI 6.5, chapter 5). */
final class AcpiMachine {
    static final int RSDP = 0x1_0000;
    static final int XSDT = 0x1_0100;
    static final int RSDT = 0x1_0200;
    static final int MADT = 0x1_0300;
    static final int FADT = 0x1_0500;
    static final int MCFG = 0x1_0700;
    static final int HPET = 0x1_0780;
    static final int END = 0x1_0800;

    /** Four CPUs, of which one is disabled and one is named twice, as a machine could have them. */
    static final String MADT_BODY =
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

    static FirmwareImage machine() {
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
    static String fadt() {
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

    static List<Integer> apicIds(FirmwareTables tables) {
        Processors processors = tables.topology().processors();
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < processors.count(); i++) {
            ids.add(processors.apicId(i));
        }
        return ids;
    }

    static void assertNothing(FirmwareTables tables) {
        assertEquals(0, tables.topology().processors().count());
        assertEquals(0, tables.topology().ioApics().count());
        assertEquals(0, tables.topology().overrides().count());
        assertEquals(0xfee0_0000L, tables.topology().localApicAddress());
    }

    private AcpiMachine() {}
}
