package dev.cortado.drivers.network.card;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.Offloads;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Also what every card's driver does that fills in sums and cuts segments. */
public abstract class OffloadContract extends CardContract {
    @Test
    protected void sumsAreFilledIn() throws Exception {
        Random random = new Random(2);
        CardCase test = make(64);
        test.start(8);
        for (int i = 0; i < 400; i++) {
            boolean six = random.nextBoolean();
            int protocol = random.nextBoolean() ? Packets.TCP : Packets.UDP;
            byte[] bytes = Packets.unsummed(random, six, protocol, random.nextInt(1400));
            NetworkBuffer packet =
                    random.nextBoolean()
                            ? test.packet(bytes)
                            : test.packet(bytes, Packets.headerBytes(six, protocol) - 1);
            Packets.mark(packet, six, protocol, 0);
            assertEquals(1, test.send(packet));
            byte[] sent = test.model.send(1).getFirst();
            Packets.checkWhole(sent);
            assertArrayEquals(Packets.payload(bytes), Packets.payload(sent));
            assertEquals(1, test.takeBack());
        }
    }

    @Test
    protected void packetsAreCut() throws Exception {
        Random random = new Random(3);
        CardCase test = make(64);
        test.start(8);
        int longest = (test.driver.mostParts() - 2) * 1900;
        boolean hasSix = (test.driver.offloads() & Offloads.SEGMENTATION_TCP6) != 0;
        for (int i = 0; i < 200; i++) {
            boolean six = hasSix && random.nextBoolean();
            int headers = Packets.headerBytes(six, Packets.TCP);
            byte[] bytes = Packets.unsummed(random, six, Packets.TCP, 1 + random.nextInt(longest));
            int[] cuts = new int[(bytes.length - headers) / 1900 + 1];
            for (int c = 0; c < cuts.length; c++) {
                cuts[c] = headers + c * 1900;
            }
            boolean isWhole = cuts[cuts.length - 1] == bytes.length;
            cuts = isWhole ? Arrays.copyOf(cuts, cuts.length - 1) : cuts;
            NetworkBuffer packet = test.packet(bytes, cuts);
            int most = 536 + random.nextInt(900);
            Packets.mark(packet, six, Packets.TCP, most);
            assertEquals(1, test.send(packet));
            List<byte[]> segments = test.model.send(1);
            checkSegments(bytes, segments, most);
            assertEquals(1, test.takeBack());
        }
    }

    private static void checkSegments(byte[] whole, List<byte[]> segments, int most) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] segment : segments) {
            Packets.checkWhole(segment);
            byte[] payload = Packets.payload(segment);
            assertTrue(payload.length <= most && payload.length > 0);
            assertEquals(Packets.sequence(whole) + all.size(), Packets.sequence(segment));
            boolean isLast = segment == segments.getLast();
            assertEquals(isLast ? 0x19 : 0x10, Packets.flags(segment), "PSH and FIN");
            all.writeBytes(payload);
        }
        assertArrayEquals(Packets.payload(whole), all.toByteArray());
        assertEquals((all.size() + most - 1) / most, segments.size());
    }
}
