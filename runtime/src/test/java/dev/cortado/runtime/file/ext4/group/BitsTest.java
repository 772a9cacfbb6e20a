package dev.cortado.runtime.file.ext4.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BitsTest {
    private static final int BITS = 1024;

    @Test
    void isAsABitSet() {
        Random random = new Random(1);
        ByteBuffer bitmap = ByteBuffer.allocate(BITS / 8).order(ByteOrder.LITTLE_ENDIAN);
        BitSet model = new BitSet();
        for (int i = 0; i < 20_000; i++) {
            int from = random.nextInt(BITS);
            int end = from + random.nextInt(1 + Math.min(BITS - from, i % 2 == 0 ? 5 : 300));
            if (random.nextBoolean()) {
                Bits.set(bitmap, from, end);
                model.set(from, end);
            } else {
                Bits.clear(bitmap, from, end);
                model.clear(from, end);
            }
            int begin = random.nextInt(BITS);
            int limit = begin + random.nextInt(BITS - begin + 1);
            int set = model.nextSetBit(begin);
            assertEquals(
                    set < 0 ? limit : Math.min(set, limit), Bits.nextSet(bitmap, begin, limit));
            assertEquals(
                    Math.min(model.nextClearBit(begin), limit),
                    Bits.nextClear(bitmap, begin, limit));
            assertEquals(limit - model.get(0, limit).cardinality(), Bits.countClear(bitmap, limit));
            assertEquals(model.get(begin), Bits.isSet(bitmap, begin));
        }
    }
}
