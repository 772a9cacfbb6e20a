package dev.cortado.kernel.firmware;

import static dev.cortado.kernel.firmware.AcpiMachine.FADT;
import static dev.cortado.kernel.firmware.AcpiMachine.RSDP;
import static dev.cortado.kernel.firmware.AcpiMachine.machine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** ACPI 6.5, table 5.9. */
final class EventBlockTest {
    private final FirmwareImage image = machine();

    private List<EventBlock> read() {
        FirmwareTables tables = image.correct().tables();
        assertTrue(tables.read(RSDP));
        return tables.eventBlocks(image, FirmwareImage.BYTES);
    }

    /** Both ways to say where a block is begin empty. */
    private void blocks(int first, int firstBytes, int second, int secondBytes, int base) {
        image.setInt(FADT + 80, first).setInt(FADT + 84, second);
        image.setByte(FADT + 92, firstBytes).setByte(FADT + 93, secondBytes);
        image.setByte(FADT + 94, base);
        for (int i = 0; i < 24; i++) {
            image.setByte(FADT + 220 + i, 0);
        }
    }

    /** As QEMU's pc has one block, and a machine with two. */
    @Test
    void blocksAreStatusAndThenWhatIsEnabled() {
        blocks(0xafe0, 4, 0, 0, 0);
        assertEquals(List.of(new EventBlock(0xafe0, 0xafe2, 2, 0)), read());
        blocks(0x620, 16, 0x680, 2, 0x80);
        assertEquals(
                List.of(new EventBlock(0x620, 0x628, 8, 0), new EventBlock(0x680, 0x681, 1, 0x80)),
                read());
    }

    @Test
    void theExtendedAddressIsTheOneThatHolds() {
        blocks(0xafe0, 4, 0, 0, 0);
        image.hex(FADT + 220, "01 20 00 01 20 06 00 00 00 00 00 00");
        assertEquals(List.of(new EventBlock(0x620, 0x622, 2, 0)), read());
        image.hex(FADT + 220, "00 20 00 01 00 00 10 fe 00 00 00 00");
        assertEquals(List.of(), read(), "in memory");
    }

    @Test
    void whatCannotBeIsNone() {
        blocks(0xafe0, 1, 0xffff, 4, 0);
        assertEquals(List.of(), read());
        blocks(0xafe0, 255, 0, 0, 0);
        assertEquals(List.of(new EventBlock(0xafe0, 0xafe0 + 127, 32, 0)), read());
        blocks(0, 0, 0x620, 16, 0xfc);
        assertEquals(List.of(), read(), "events have numbers of a byte");
    }

    @Test
    void aTableThatIsNotSoundAnyMoreHasNone() {
        blocks(0xafe0, 4, 0, 0, 0);
        FirmwareTables tables = image.correct().tables();
        assertTrue(tables.read(RSDP));
        image.setByte(FADT + 80, 0x12);
        assertEquals(List.of(), tables.eventBlocks(image, FirmwareImage.BYTES));
    }
}
