package dev.cortado.runtime.file.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class Crc32cTest {
    private static int expected(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return ~(int) crc.getValue();
    }

    /** Of every kind of buffer, also those longer than what is copied at once. */
    @Test
    void agreesWithTheJdksButForInversion() {
        Random random = new Random(1);
        byte[] bytes = new byte[20_000];
        random.nextBytes(bytes);
        ByteBuffer heap = ByteBuffer.wrap(bytes);
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes);
        for (int i = 0; i < 500; i++) {
            int offset = random.nextInt(bytes.length);
            int length = random.nextInt(Math.min(bytes.length - offset, i < 250 ? 40 : 20_000) + 1);
            int wanted = expected(bytes, offset, length);
            assertEquals(wanted, Crc32c.update(~0, heap, offset, length));
            assertEquals(wanted, Crc32c.update(~0, heap.asReadOnlyBuffer(), offset, length));
            assertEquals(wanted, Crc32c.update(~0, direct, offset, length));
            ByteBuffer slice = heap.slice(offset, length);
            assertEquals(wanted, Crc32c.update(~0, slice, 0, length));
        }
    }

    @Test
    void goesOnWithANumber() {
        byte[] bytes = {1, 2, 3, 4, 5, 6};
        int first = Crc32c.update(~0, ByteBuffer.wrap(bytes), 0, 2);
        assertEquals(expected(bytes, 0, 6), Crc32c.update(first, 0x06050403));
    }

    @Test
    void whatIsNotInTheBufferIsRefused() {
        ByteBuffer part = ByteBuffer.wrap(new byte[20]).slice(5, 10);
        assertThrows(IndexOutOfBoundsException.class, () -> Crc32c.update(0, part, 1, 10));
        assertThrows(IndexOutOfBoundsException.class, () -> Crc32c.update(0, part, -1, 5));
    }

    /**
     * Some bytes of some have changed, anywhere, in buffers that begin anywhere in their arrays.
     */
    @Test
    void ofBytesThatHaveChangedIsAsOfAll() {
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            byte[] before = new byte[random.nextInt(1 << random.nextInt(14))];
            random.nextBytes(before);
            byte[] now = before.clone();
            byte[] differences = new byte[random.nextInt(before.length + 1)];
            random.nextBytes(differences);
            int behind = random.nextInt(before.length - differences.length + 1);
            int first = before.length - behind - differences.length;
            for (int j = 0; j < differences.length; j++) {
                now[first + j] ^= differences[j];
            }
            int seed = random.nextInt();
            assertEquals(
                    Crc32c.update(seed, ByteBuffer.wrap(now), 0, now.length),
                    Crc32c.update(seed, ByteBuffer.wrap(before), 0, before.length)
                            ^ Crc32c.change(differences, behind),
                    "case " + i);
        }
    }
}
