package dev.cortado.drivers.xen.pv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.kernel.memory.PhysicalMemory;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The way that Xen's tools go from shared_info to the list of machine frames. */
class FrameListsTest {
    private static final long SPACE = 0x4000_1000_0000L;
    private static final long SHARED = 0x30_0000L;
    private static final long FIRST = 100;
    private static final long LIST = 200;

    private final Map<Long, Long> memory = new HashMap<>();

    private final PhysicalMemory virtual =
            new PhysicalMemory() {
                @Override
                public long readLong(long address) {
                    // The list: the machine frame of frame n is 10 n + 7.
                    return address < SHARED ? address / 8 * 10 + 7 : memory.get(address);
                }

                @Override
                public void writeLong(long address, long value) {
                    memory.put(address, value);
                }

                @Override
                public byte readByte(long address) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void writeByte(long address, byte value) {
                    throw new UnsupportedOperationException();
                }
            };

    private void write(long frames) {
        MachineFrames machine = new MachineFrames(virtual);
        machine.use(0, frames);
        FrameLists.write(virtual, machine, SPACE, FIRST, LIST, SHARED);
    }

    @Test
    void sharedInfoLeadsToTheListInTwoSteps() {
        write(1500);
        assertEquals(2, FrameLists.count(1500));
        assertEquals(1500, memory.get(SHARED + 3088));
        assertEquals(FIRST * 10 + 7, memory.get(SHARED + 3096));
        assertEquals((FIRST + 1) * 10 + 7, memory.get(SPACE));
        assertEquals(LIST * 10 + 7, memory.get(SPACE + 0x1000));
        assertEquals((LIST + 2) * 10 + 7, memory.get(SPACE + 0x1010));
        assertEquals(2 + 1 + 3, memory.size());
    }

    @Test
    void aGibibyteNeedsTwoFramesInTheMiddle() {
        assertEquals(2, FrameLists.count(1 << 18));
        assertEquals(3, FrameLists.count((1 << 18) + 1));
    }
}
