package dev.cortado.runtime.net.buffer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.net.wire.IcmpMessage;
import dev.cortado.runtime.net.wire.InternetChecksum;
import dev.cortado.runtime.net.wire.TcpSegment;
import dev.cortado.runtime.net.wire.UdpHeader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PacketBufferTest {
    private final PacketPool pool = PacketPool.ofHeap(64, 1024);

    private PacketBuffer split(byte[] data, Random random) {
        PacketBuffer first = pool.take();
        PacketBuffer last = first;
        int at = 0;
        while (at < data.length) {
            int count = Math.min(data.length - at, random.nextInt(1, 200));
            if (at > 0) {
                PacketBuffer piece = pool.take();
                last.setContinuation(piece);
                last = piece;
            }
            last.bytes().put(last.append(count), data, at, count);
            at += count;
        }
        return first;
    }

    /**
     * RFC 768: to UDP a 0 says that there is none. RFC 9293, 3.1, and RFC 4443, 2.3: else it is 0.
     */
    @Test
    void rfc768AChecksumThatIsZero() {
        int[][] fields = {
            {UdpHeader.CHECKSUM, 0xffff}, {TcpSegment.CHECKSUM, 0}, {IcmpMessage.CHECKSUM, 0}
        };
        for (int[] field : fields) {
            PacketBuffer packet = pool.take();
            int at = packet.append(20);
            packet.bytes().put(at, new byte[20]).putShort(at + field[0], (short) 0xffff);
            packet.setChecksumBlank(at, at + field[0]);
            PacketChecksum.complete(packet);
            assertEquals(field[1], packet.bytes().getShort(at + field[0]) & 0xffff);
            packet.release();
        }
    }

    @Test
    void piecesAreOnePacket() {
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            byte[] data = new byte[random.nextInt(1, 800)];
            random.nextBytes(data);
            PacketBuffer packet = split(data, random);
            assertEquals(data.length, packet.totalLength());
            int from = random.nextInt(data.length);
            byte[] out = new byte[random.nextInt(1000)];
            int copied = packet.copyOut(from, ByteBuffer.wrap(out));
            assertEquals(Math.min(out.length, data.length - from), copied);
            assertArrayEquals(
                    Arrays.copyOfRange(data, from, from + copied), Arrays.copyOf(out, copied));
            int sum = InternetChecksum.of(ByteBuffer.wrap(data), 0, data.length);
            assertEquals(
                    sum,
                    InternetChecksum.finish(
                            PacketChecksum.add(0, packet, packet.start(), data.length)));
            PacketBuffer copy = pool.take();
            int count = random.nextInt(data.length - from + 1);
            copy.appendFrom(packet, from, count);
            byte[] copied2 = new byte[count];
            copy.copyOut(0, ByteBuffer.wrap(copied2));
            assertArrayEquals(Arrays.copyOfRange(data, from, from + count), copied2);
            copy.release();
            int total = random.nextInt(data.length + 1);
            packet.trim(total);
            assertEquals(total, packet.totalLength());
            packet.release();
            assertEquals(64, pool.free());
        }
    }

    @Test
    void aBlankChecksumIsFilledIn() {
        PacketBuffer packet = split(new byte[] {1, 2, 3, 4, 0, 7, 9}, new Random(1));
        int at = packet.start();
        packet.setChecksumBlank(at, at + 4);
        packet.setRange(at, at + packet.length());
        PacketChecksum.complete(packet);
        assertEquals(ChecksumMark.NONE, packet.checksum());
        packet.release();
    }
}
