package dev.cortado.runtime.net.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.lab.Hex;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DnsNameTest {
    /** RFC 1035, 4.1.4: F.ISI.ARPA at 20, FOO.F.ISI.ARPA at 40, ARPA at 64, the root at 92. */
    private static ByteBuffer example() {
        ByteBuffer bytes = ByteBuffer.allocate(93);
        bytes.put(20, Hex.bytes("01 46 03 495349 04 41525041 00"));
        bytes.put(40, Hex.bytes("03 464f4f c014"));
        bytes.put(64, Hex.bytes("c01a"));
        return bytes;
    }

    private static String read(ByteBuffer bytes, int offset, int behind) {
        StringBuilder text = new StringBuilder();
        assertEquals(behind, DnsName.read(bytes, 0, bytes.capacity(), offset, text));
        return text.toString();
    }

    @Test
    void rfc1035Example() {
        assertEquals("f.isi.arpa", read(example(), 20, 32));
        assertEquals("foo.f.isi.arpa", read(example(), 40, 46));
        assertEquals("arpa", read(example(), 64, 66));
        assertEquals("", read(example(), 92, 93));
    }

    @Test
    void pointersThatGoInCircles() {
        ByteBuffer self = Hex.buffer("c000");
        assertEquals(-1, DnsName.skip(self, 0, 2, 0));
        ByteBuffer two = Hex.buffer("c002 c000");
        assertEquals(-1, DnsName.skip(two, 0, 4, 0));
        assertEquals(-1, DnsName.skip(two, 0, 4, 2));
        ByteBuffer label = Hex.buffer("01 61 c000");
        assertEquals(-1, DnsName.skip(label, 0, 4, 0));
        ByteBuffer forward = Hex.buffer("c002 00");
        assertEquals(-1, DnsName.skip(forward, 0, 3, 0));
    }

    @Test
    void whatDoesNotEnd() {
        assertEquals(-1, DnsName.skip(Hex.buffer("0161"), 0, 2, 0));
        assertEquals(-1, DnsName.skip(Hex.buffer("0561"), 0, 2, 0));
        assertEquals(-1, DnsName.skip(Hex.buffer("c0"), 0, 1, 0));
        assertEquals(-1, DnsName.skip(Hex.buffer("00"), 0, 1, 1));
        assertEquals(-1, DnsName.skip(Hex.buffer("4161").duplicate(), 0, 2, 0), "RFC 2673's");
    }

    @Test
    void aNameIsAtMost255Octets() {
        String label = "3f" + "61".repeat(63);
        ByteBuffer most = Hex.buffer(label.repeat(3) + "3d" + "61".repeat(61) + "00");
        assertEquals(255, DnsName.skip(most, 0, 255, 0));
        ByteBuffer more = Hex.buffer(label.repeat(3) + "3e" + "61".repeat(62) + "00");
        assertEquals(-1, DnsName.skip(more, 0, 256, 0));
    }

    @Test
    void whatIsWrittenIsRead() {
        ByteBuffer bytes = ByteBuffer.allocate(300);
        int end = DnsName.write(bytes, 7, "www.example.org");
        assertEquals("0377777707657861" + "6d706c65036f726700", Hex.text(bytes, 7, end - 7));
        assertEquals("www.example.org", read(bytes, 7, end));
    }

    @Test
    void anythingEnds() {
        Random random = new Random(8);
        byte[] data = new byte[200];
        ByteBuffer bytes = ByteBuffer.wrap(data);
        int read = 0;
        for (int i = 0; i < 300_000; i++) {
            for (int at = 0; at < data.length; at++) {
                int kind = random.nextInt(4);
                data[at] = (byte) (kind == 0 ? 0xc0 : kind == 1 ? random.nextInt(5) : 'a');
            }
            int from = random.nextInt(200);
            read += DnsName.read(bytes, 0, 200, from, new StringBuilder()) > from ? 1 : 0;
        }
        assertTrue(read > 1000);
    }
}
