package dev.cortado.kernel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MemoryMapTest {
    private static final long LIMIT = 1L << 40;

    private static String describe(MemoryMap map) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < map.count(); i++) {
            text.append("%x-%x ".formatted(map.begin(i), map.end(i)));
        }
        return text.toString().strip();
    }

    @Test
    void sortsMergesAndKeepsWholeFrames() {
        MemoryMap map = new MemoryMap();
        map.add(0x10_0000, 0x800_0000, LIMIT);
        map.add(0, 0x9_fc00, LIMIT);
        map.add(0x1_0000_0000L, 0x1_8000_0000L, LIMIT);
        map.add(0x700_0000, 0x900_0800, LIMIT);
        map.add(0x5000, 0x5fff, LIMIT);
        assertEquals("0-9f000 100000-9000000 100000000-180000000", describe(map));
        assertEquals(0x9_f000 + 0x8f0_0000 + 0x8000_0000L, map.bytes());
    }

    @Test
    void leavesOutWhatTheCpuCannotAddress() {
        MemoryMap map = new MemoryMap();
        map.add(0x1000, 0x5000, 0x3000);
        map.add(0x4000, 0x5000, 0x3000);
        assertEquals("1000-3000", describe(map));
    }

    /** Against a bit a frame, with more ranges than there are places as well. */
    @Test
    void agreesWithTheModel() {
        Random random = new Random(3);
        for (int round = 0; round < 500; round++) {
            MemoryMap map = new MemoryMap();
            BitSet model = new BitSet();
            for (int i = 0; i < 60; i++) {
                int first = random.nextInt(1000);
                int last = first + random.nextInt(30);
                map.add(first * Frames.SIZE, last * Frames.SIZE, LIMIT);
                model.set(first, last);
            }
            assertEquals(model.cardinality() * Frames.SIZE, map.bytes());
            for (int i = 0; i < map.count(); i++) {
                int begin = (int) (map.begin(i) / Frames.SIZE);
                assertEquals(begin, model.nextSetBit(begin == 0 ? 0 : begin - 1));
                assertEquals(map.end(i) / Frames.SIZE, model.nextClearBit(begin));
            }
        }
    }
}
