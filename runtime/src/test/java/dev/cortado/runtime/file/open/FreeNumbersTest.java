package dev.cortado.runtime.file.open;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FreeNumbersTest {
    @Test
    void findsTheLowestAsABitSetDoes() {
        for (int capacity : new int[] {1, 63, 64, 65, 128, 4096, 4097, 5000}) {
            Random random = new Random(capacity);
            FreeNumbers numbers = new FreeNumbers(capacity);
            BitSet model = new BitSet();
            for (int step = 0; step < 100_000; step++) {
                int lowest = numbers.lowest();
                int expected = model.nextClearBit(0);
                assertEquals(expected == capacity ? -1 : expected, lowest);
                if (lowest >= 0 && random.nextInt(100) < 55) {
                    numbers.take(lowest);
                    model.set(lowest);
                } else {
                    int number = random.nextInt(capacity);
                    if (model.get(number)) {
                        numbers.giveBack(number);
                        model.clear(number);
                    } else {
                        numbers.take(number);
                        model.set(number);
                    }
                }
            }
        }
    }
}
