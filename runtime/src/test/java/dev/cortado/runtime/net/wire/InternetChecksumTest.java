package dev.cortado.runtime.net.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.lab.Hex;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class InternetChecksumTest {
    /** RFC 1071, 3: the numerical example. */
    @Test
    void rfc1071Example() {
        ByteBuffer bytes = Hex.buffer("00 01 f2 03 f4 f5 f6 f7");
        assertEquals(0xddf2, InternetChecksum.fold(InternetChecksum.add(0, bytes, 0, 8)));
        assertEquals(0x220d, InternetChecksum.of(bytes, 0, 8));
    }

    /** RFC 1624, 4: the example that RFC 1141's equation gets wrong. */
    @Test
    void rfc1624Example() {
        assertEquals(0x0000, InternetChecksum.update(0xdd2f, 0x5555, 0x3285));
    }

    /** Word by word, as the specification says it. */
    private static int plain(ByteBuffer bytes, int offset, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            int octet = bytes.get(offset + i) & 0xff;
            sum += (i & 1) == 0 ? octet << 8 : octet;
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return ~sum & 0xffff;
    }

    @Test
    void agreesWithThePlainSum() {
        Random random = new Random(3);
        byte[] data = new byte[300];
        for (int i = 0; i < 100_000; i++) {
            random.nextBytes(data);
            int offset = random.nextInt(20);
            int length = random.nextInt(280);
            ByteBuffer bytes = ByteBuffer.wrap(data);
            int expected = plain(bytes, offset, length);
            assertEquals(expected, InternetChecksum.of(bytes, offset, length));
            int first = random.nextInt(length + 1);
            long sum = InternetChecksum.add(0, bytes, offset, first);
            sum =
                    (first & 1) == 0
                            ? InternetChecksum.add(sum, bytes, offset + first, length - first)
                            : InternetChecksum.addOdd(sum, bytes, offset + first, length - first);
            assertEquals(expected, InternetChecksum.finish(sum));
        }
    }

    @Test
    void anUpdateIsTheSumOfTheChange() {
        Random random = new Random(4);
        byte[] data = new byte[40];
        for (int i = 0; i < 50_000; i++) {
            random.nextBytes(data);
            ByteBuffer bytes = ByteBuffer.wrap(data);
            int before = InternetChecksum.of(bytes, 0, 40);
            int at = 2 * random.nextInt(20);
            int old = bytes.getShort(at) & 0xffff;
            int fresh = random.nextInt(0x10000);
            bytes.putShort(at, (short) fresh);
            assertEquals(
                    InternetChecksum.of(bytes, 0, 40), InternetChecksum.update(before, old, fresh));
        }
    }

    @Test
    void ofAllOnesAndManyOfThem() {
        ByteBuffer bytes = ByteBuffer.allocate(65536);
        for (int i = 0; i < bytes.capacity(); i++) {
            bytes.put(i, (byte) 0xff);
        }
        assertTrue(InternetChecksum.isRight(InternetChecksum.add(0, bytes, 0, 65536)));
    }
}
