package dev.cortado.kernel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What tests of rings rely on: the host's memory has the byte order and widths of the guest's. */
final class RingMemoryTest {
    private final HostMemory memory = new HostMemory(16);

    @Test
    void shortsHaveNoSignAndTouchNoNeighbour() {
        memory.writeLong(HostMemory.BASE, -1L);
        memory.writeShortRelease(HostMemory.BASE + 2, 0x18001);
        assertEquals(0x8001, memory.readShortAcquire(HostMemory.BASE + 2));
        assertEquals(0xffff_ffff_8001_ffffL, memory.readLong(HostMemory.BASE));
    }

    @Test
    void theLowByteComesFirst() {
        memory.writeShortRelease(HostMemory.BASE, 0x1234);
        assertEquals(0x34, memory.readByte(HostMemory.BASE));
        assertEquals(0x12, memory.readByte(HostMemory.BASE + 1));
    }
}
