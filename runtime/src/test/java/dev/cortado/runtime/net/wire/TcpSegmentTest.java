package dev.cortado.runtime.net.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.lab.Hex;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TcpSegmentTest {
    /** A SYN as Linux sends it: MSS 1460, SACK permitted, timestamps, NOP, window scale 7. */
    private static final String SYN =
            "a0ee 0050 21e0 6aa2 0000 0000 a002 faf0 0000 0000"
                    + "0204 05b4 0402 080a 0123 4567 0000 0000 0103 0307";

    private static final String HEADER = "0050 a0ee 0000 0001 0000 0002 8010 01f6 0000 0000";

    private final TcpOptions options = new TcpOptions();

    private boolean read(String optionBytes) {
        ByteBuffer bytes = Hex.buffer(HEADER + optionBytes);
        bytes.put(12, (byte) (bytes.capacity() / 4 << 4));
        assertTrue(TcpSegment.check(bytes, 0, bytes.capacity()));
        return options.read(bytes, 0);
    }

    @Test
    void aSynIsRead() {
        ByteBuffer bytes = Hex.buffer(SYN);
        assertTrue(TcpSegment.check(bytes, 0, 40));
        assertEquals(0xa0ee, TcpSegment.sourcePort(bytes, 0));
        assertEquals(80, TcpSegment.destinationPort(bytes, 0));
        assertEquals(0x21e06aa2, TcpSegment.sequence(bytes, 0));
        assertEquals(0, TcpSegment.acknowledgment(bytes, 0));
        assertEquals(40, TcpSegment.headerLength(bytes, 0));
        assertEquals(TcpSegment.SYN, TcpSegment.flags(bytes, 0));
        assertEquals(64240, TcpSegment.window(bytes, 0));
        assertTrue(options.read(bytes, 0));
        assertEquals(1460, options.maximumSegmentSize());
        assertEquals(7, options.windowScale());
        assertTrue(options.sackPermitted());
        assertTrue(options.hasTimestamps());
        assertEquals(0x01234567, options.timestampValue());
        assertEquals(0, options.timestampEcho());
    }

    @Test
    void aSynIsWritten() {
        ByteBuffer bytes = ByteBuffer.allocate(40);
        TcpSegment.write(bytes, 0, 0xa0ee, 80, 0x21e06aa2, 0, 40, TcpSegment.SYN, 64240);
        int at = TcpOptions.writeMaximumSegmentSize(bytes, 20, 1460);
        at = TcpOptions.writeSackPermitted(bytes, at);
        at = TcpOptions.writeTimestamps(bytes, at, 0x01234567, 0);
        at = TcpOptions.writeNoOperation(bytes, at);
        at = TcpOptions.writeWindowScale(bytes, at, 7);
        assertEquals(40, TcpOptions.writeEnd(bytes, 0, at));
        assertEquals(SYN.replace(" ", ""), Hex.text(bytes, 0, 40));
    }

    @Test
    void headersThatCannotBe() {
        ByteBuffer bytes = Hex.buffer(SYN);
        assertFalse(TcpSegment.check(bytes, 0, 39));
        assertFalse(TcpSegment.check(bytes, 0, 19));
        bytes.put(12, (byte) 0x40);
        assertFalse(TcpSegment.check(bytes, 0, 40));
    }

    @Test
    void rfc2018Blocks() {
        assertTrue(read("0101 0512 00000064 000000c8 0000012c 00000190"));
        assertFalse(read("0101 0511 00000064 000000c8 0000012c 00000190"));
        assertTrue(read("0101 050a 00000064 000000c8 0101 0101 01010101"));
        assertEquals(1, options.sackBlocks());
        assertEquals(100, options.sackLeft(0));
        assertEquals(200, options.sackRight(0));
        assertFalse(read("0101 0502 01010101 01010101 01010101"));
    }

    /** RFC 7323, 2.3: more than 14 is 14. */
    @Test
    void aWindowScaleTooBigIsTheBiggest() {
        assertTrue(read("0303 0f00 00000000 00000000"));
        assertEquals(14, options.windowScale());
    }

    @Test
    void lengthsThatCannotBe() {
        assertFalse(read("0200 0000 00000000 00000000"), "zero");
        assertFalse(read("0201 0000 00000000 00000000"), "one");
        assertFalse(read("fe00 0000 00000000 00000000"), "of a kind that is not known");
        assertFalse(read("01010101 01010101 01010102"), "kind at the end");
        assertFalse(read("01010101 01010101 01010204"), "beyond the end");
        assertFalse(read("0203 0500 00000000 00000000"), "MSS of three");
        assertTrue(read("fe04 0000 00000000 00000000"), "a kind that is not known");
        assertTrue(read("00020000 00000000 00000000"), "behind the end of the list");
    }

    @Test
    void anythingIsReadOrRefused() {
        Random random = new Random(5);
        byte[] data = new byte[60];
        ByteBuffer bytes = ByteBuffer.wrap(data);
        int read = 0;
        for (int i = 0; i < 500_000; i++) {
            random.nextBytes(data);
            for (int at = 20; at < 60; at++) {
                data[at] = (byte) random.nextInt(random.nextBoolean() ? 12 : 256);
            }
            if (TcpSegment.check(bytes, 0, random.nextInt(61)) && options.read(bytes, 0)) {
                assertTrue(options.sackBlocks() <= TcpOptions.MAXIMUM_SACK_BLOCKS);
                read++;
            }
        }
        assertTrue(read > 1000, () -> "only a few are worth reading");
    }
}
