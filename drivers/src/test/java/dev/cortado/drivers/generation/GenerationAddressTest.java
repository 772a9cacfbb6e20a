package dev.cortado.drivers.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.drivers.acpi.Tables;
import dev.cortado.drivers.acpi.aml.AmlException;
import dev.cortado.drivers.acpi.aml.RegionAccess;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** QEMU's tables, as its firmware left them in memory. */
final class GenerationAddressTest {
    private static final long LIMIT = 1L << 40;

    /** Where the firmware has put VGIA; the device's method adds 40. */
    private static final long EXPECTED = 0x3ff_f028L;

    private final byte[] machine = Tables.bytes("q35-dsdt.aml");
    private final byte[] device = Tables.bytes("vmgenid-ssdt.aml");

    private static long find(byte[]... tables) throws AmlException {
        return GenerationAddress.find(List.of(tables), RegionAccess.NONE, LIMIT);
    }

    @Test
    void theDeviceSaysWhere() throws AmlException {
        assertEquals(EXPECTED, find(machine, device));
    }

    @Test
    void mostMachinesHaveNone() throws AmlException {
        assertEquals(GenerationAddress.NONE, find(machine));
        assertEquals(GenerationAddress.NONE, find());
    }

    /** Otherwise it would not be where nobody has named it. */
    @Test
    void nobodyRunsATableForNothing() throws AmlException {
        byte[] broken = Tables.dsdt((byte) 0x5b, (byte) 0xff);
        assertEquals(GenerationAddress.NONE, find(broken));
        assertThrows(AmlException.class, () -> find(broken, device));
    }

    @Test
    void whatCannotBeIsRefused() {
        for (int value : new int[] {0x1000 - 40 + 4, 0x1001}) {
            assertThrows(AmlException.class, () -> find(machine, withAddress(value)));
        }
        List<byte[]> tables = List.of(machine, device);
        assertThrows(
                AmlException.class,
                () -> GenerationAddress.find(tables, RegionAccess.NONE, EXPECTED + 15));
    }

    @Test
    void theLastBytesOfMemoryAreStillThere() throws AmlException {
        List<byte[]> tables = List.of(machine, device);
        assertEquals(EXPECTED, GenerationAddress.find(tables, RegionAccess.NONE, EXPECTED + 16));
    }

    /** The table with another VGIA: {@code Name (VGIA, 0x03FFF000)}. */
    private byte[] withAddress(int value) {
        byte[] table = device.clone();
        String text = new String(table, StandardCharsets.ISO_8859_1);
        int at = text.indexOf("VGIA\f") + 5;
        for (int i = 0; i < Integer.BYTES; i++) {
            table[at + i] = (byte) (value >>> i * Byte.SIZE);
        }
        return Tables.seal(table);
    }
}
