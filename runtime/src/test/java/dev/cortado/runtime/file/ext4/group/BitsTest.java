package dev.cortado.runtime.file.ext4.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BitsTest {
    private static final int BITS = 1024;

    private final ByteBuffer inside =
            ByteBuffer.allocate(BITS / 4).slice(7, BITS / 8).order(ByteOrder.LITTLE_ENDIAN);

    @Test
    void isAsABitSet() {
        compare(inside, inside);
    }

    @Test
    void isAsABitSetWithoutAnArray() {
        compare(inside, inside.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN));
    }

    private static void compare(ByteBuffer bitmap, ByteBuffer view) {
        Random random = new Random(1);
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
            assertEquals(set < 0 ? limit : Math.min(set, limit), Bits.nextSet(view, begin, limit));
            assertEquals(
                    Math.min(model.nextClearBit(begin), limit), Bits.nextClear(view, begin, limit));
            assertEquals(limit - model.get(0, limit).cardinality(), Bits.countClear(view, limit));
            assertEquals(model.get(begin), Bits.isSet(view, begin));
        }
    }
}
