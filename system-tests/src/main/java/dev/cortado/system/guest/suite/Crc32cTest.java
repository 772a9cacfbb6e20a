package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.file.storage.Crc32c;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The CPU's instruction, where there is one, against the JDK's tables. */
final class Crc32cTest {
    private static final int ROUNDS = 500;
    private static final int MOST_BYTES = 10_000;

    @BeforeAll
    static void inAGuest() {
        Guest.required();
    }

    @Test
    void sumsAsTheJdkDoes() {
        Random random = new Random(32);
        byte[] bytes = new byte[MOST_BYTES];
        random.nextBytes(bytes);
        for (int i = 0; i < ROUNDS; i++) {
            int offset = random.nextInt(40);
            int length = random.nextInt(i % 2 == 0 ? 40 : MOST_BYTES - offset);
            CRC32C expected = new CRC32C();
            expected.update(bytes, offset, length);
            int register = ~Crc32c.update(-1, ByteBuffer.wrap(bytes), offset, length);
            assertEquals(
                    expected.getValue(),
                    Integer.toUnsignedLong(register),
                    length + " bytes from " + offset);
        }
    }
}
