package dev.cortado.drivers.pci.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.drivers.acpi.aml.AmlException;
import dev.cortado.drivers.register.Registers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlugRegionsTest {
    private final List<String> accesses = new ArrayList<>();

    private final Registers ports =
            new Registers() {
                @Override
                public long bytes() {
                    return 1 << 16;
                }

                private int read(long port, int bytes) {
                    Registers.check(this, port, bytes);
                    accesses.add("read %x %d".formatted(port, bytes));
                    return -1 >>> Integer.SIZE - Byte.SIZE * bytes;
                }

                private void write(long port, int bytes, int value) {
                    Registers.check(this, port, bytes);
                    accesses.add("write %x %d %x".formatted(port, bytes, value));
                }

                @Override
                public int read8(long port) {
                    return read(port, 1);
                }

                @Override
                public int read16(long port) {
                    return read(port, 2);
                }

                @Override
                public int read32(long port) {
                    return read(port, 4);
                }

                @Override
                public void write8(long port, int value) {
                    write(port, 1, value);
                }

                @Override
                public void write16(long port, int value) {
                    write(port, 2, value);
                }

                @Override
                public void write32(long port, int value) {
                    write(port, 4, value);
                }
            };

    private final PlugRegions regions = new PlugRegions(at -> 0, 1 << 20, List.of(), ports);

    /** QEMU's registers on pc and on q35 (docs/specs/acpi_pci_hotplug.rst). */
    @Test
    void hotPlugRegistersAreReached() throws AmlException {
        assertEquals(0xffff_ffffL, regions.readPort(0xae00, 4));
        assertEquals(0xff, regions.readPort(0xcc4, 1));
        regions.writePort(0xcc8, 4, 0x8000_0000L);
        regions.writePort(0x620, 2, 0x1234);
        assertEquals(
                List.of("read ae00 4", "read cc4 1", "write cc8 4 80000000", "write 620 2 1234"),
                accesses);
    }

    /** Those that have drivers, above all; and what no port has. */
    @ParameterizedTest
    @CsvSource({
        "0x20, 1", "0x60, 1", "0x70, 1", "0x3f8, 1", "0x3fc, 4", "0x4d1, 1", "0x4d0, 4",
        "0xcf8, 4", "0xcfc, 1", "0xcf9, 1", "0xae01, 2", "0xae02, 4", "0xae00, 8", "0xffff, 2"
    })
    void othersAreNot(int port, int bytes) {
        assertThrows(AmlException.class, () -> regions.readPort(port, bytes));
        assertThrows(AmlException.class, () -> regions.writePort(port, bytes, 0));
        assertEquals(List.of(), accesses);
    }

    @Test
    void memoryIsOnlyRead() throws AmlException {
        assertEquals(0, regions.readMemory(0x1000, 4));
        assertThrows(AmlException.class, () -> regions.writeMemory(0x1000, 4, 1));
    }
}
