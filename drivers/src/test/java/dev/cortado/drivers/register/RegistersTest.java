package dev.cortado.drivers.register;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.kernel.memory.HostMemory;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RegistersTest {
    private final HostMemory memory = new HostMemory(64);
    private final List<Registers> kinds =
            List.of(
                    new MappedRegisters(memory, HostMemory.BASE + 8, 16),
                    new RegisterWindow(new TestRegisters(64), 8, 16),
                    new TestRegisters(16));

    @Test
    void eachWidthHasItsBytes() {
        for (Registers registers : kinds) {
            registers.write32(4, 0x8765_4321);
            registers.write16(8, 0x1_fedc);
            registers.write8(15, 0x1ff);
            assertEquals(0x21, registers.read8(4));
            assertEquals(0x8765, registers.read16(6));
            assertEquals(0x0000_fedc, registers.read32(8));
            assertEquals(0xff, registers.read8(15));
            assertEquals(0, registers.read32(0));
        }
    }

    @Test
    void accessesOutsideOrAcrossAreRefused() {
        for (Registers registers : kinds) {
            assertThrows(IndexOutOfBoundsException.class, () -> registers.read8(16));
            assertThrows(IndexOutOfBoundsException.class, () -> registers.read8(-1));
            assertThrows(IndexOutOfBoundsException.class, () -> registers.read16(15));
            assertThrows(IndexOutOfBoundsException.class, () -> registers.read16(1));
            assertThrows(IndexOutOfBoundsException.class, () -> registers.write32(14, 0));
            assertThrows(IndexOutOfBoundsException.class, () -> registers.write32(2, 0));
            assertThrows(IndexOutOfBoundsException.class, () -> registers.read32(Long.MAX_VALUE));
        }
    }

    @Test
    void aWindowIsInsideItsRegisters() {
        Registers all = new TestRegisters(16);
        for (long[] place :
                new long[][] {{0, 17}, {16, 1}, {-1, 2}, {1, -1}, {8, Long.MAX_VALUE}}) {
            assertThrows(
                    IndexOutOfBoundsException.class,
                    () -> new RegisterWindow(all, place[0], place[1]));
        }
        assertEquals(0, new RegisterWindow(all, 16, 0).bytes());
    }

    @Test
    void portsAreSixteenBits() {
        assertThrows(IllegalArgumentException.class, () -> new PortRegisters(0xfffc, 8));
        assertThrows(IllegalArgumentException.class, () -> new PortRegisters(-1, 8));
    }
}
