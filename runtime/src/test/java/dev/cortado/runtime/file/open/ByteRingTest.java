package dev.cortado.runtime.file.open;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteRingTest {
    @Test
    void givesWhatItGot() {
        Random random = new Random(1);
        ByteRing ring = new ByteRing(Pipe.CAPACITY);
        ArrayDeque<Byte> model = new ArrayDeque<>();
        for (int step = 0; step < 5000; step++) {
            byte[] bytes = new byte[random.nextInt(1 << random.nextInt(18))];
            random.nextBytes(bytes);
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            if (random.nextBoolean()) {
                int put = ring.put(buffer);
                assertEquals(Math.min(bytes.length, Pipe.CAPACITY - model.size()), put);
                assertEquals(put, buffer.position());
                for (int i = 0; i < put; i++) {
                    model.add(bytes[i]);
                }
            } else {
                int taken = ring.take(buffer);
                assertEquals(Math.min(bytes.length, model.size()), taken);
                for (int i = 0; i < taken; i++) {
                    assertEquals(model.remove(), bytes[i]);
                }
            }
            assertEquals(model.size(), ring.count());
            assertEquals(Pipe.CAPACITY - model.size(), ring.room());
        }
    }
}
