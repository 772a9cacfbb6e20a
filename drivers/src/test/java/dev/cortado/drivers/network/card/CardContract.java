package dev.cortado.drivers.network.card;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.network.MacAddress;
import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkBuffers;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every card's driver does, with an honest card. */
public abstract class CardContract {
    private static final long PATIENCE = 1_000_000_000L;

    /** A case with that many buffers. */
    protected abstract CardCase make(int buffers) throws IOException;

    /** How many ends of a packet the card's transmit ring has. */
    protected abstract int ringSize();

    private static byte[] random(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    protected void packetsOfAllSizesGoBothWays() throws Exception {
        Random random = new Random(1);
        CardCase test = make(64);
        test.start(32);
        assertEquals(CardCase.MAC, test.driver.macAddress());
        for (int i = 0; i < 1200; i++) {
            byte[] out = random(random, 14 + random.nextInt(1505));
            int cut = 1 + random.nextInt(13);
            NetworkBuffer packet =
                    random.nextBoolean() ? test.packet(out) : test.packet(out, cut, out.length - 1);
            assertEquals(1, test.send(packet));
            List<byte[]> sent = test.model.send(9);
            assertEquals(1, sent.size());
            assertArrayEquals(out, sent.getFirst());
            assertEquals(1, test.takeBack());
            byte[] in = random(random, 14 + random.nextInt(1505));
            assertTrue(test.model.deliver(in));
            assertTrue(test.model.isInterrupting());
            test.serve();
            assertFalse(test.model.isInterrupting());
            assertArrayEquals(in, test.received.getLast());
        }
        assertEquals(1200, test.received.size());
        assertEquals(0, test.driver.badPackets());
        assertEquals(2400, test.driver.packets());
        test.end();
        assertTrue(test.model.isStopped());
        test.checkNothingLost();
    }

    @Test
    protected void batchesKeepTheirOrder() throws Exception {
        CardCase test = make(64);
        test.start(32);
        for (int round = 0; round < 100; round++) {
            NetworkBuffer[] packets = new NetworkBuffer[7];
            for (int i = 0; i < packets.length; i++) {
                packets[i] = test.packet(new byte[20 + i], 5, 9);
            }
            assertEquals(7, test.send(packets));
            int expected = 20;
            for (byte[] sent : test.model.send(100)) {
                assertEquals(expected++, sent.length);
            }
            assertEquals(7, test.takeBack());
            for (int i = 0; i < 7; i++) {
                assertTrue(test.model.deliver(new byte[60 + i]));
            }
            test.forget();
            test.serve();
            for (int i = 0; i < 7; i++) {
                assertEquals(60 + i, test.received.get(i).length);
            }
        }
    }

    @Test
    protected void aFullRingTakesNoMoreAndTellsWhenThereIsRoom() throws Exception {
        CardCase test = make(ringSize() + 64);
        test.start(8);
        int taken = 0;
        NetworkBuffer left = test.packet(new byte[60]);
        while (test.send(left) == 1) {
            taken++;
            left = test.packet(new byte[60]);
        }
        assertTrue(taken <= ringSize() && taken > ringSize() / 4, "took " + taken);
        assertEquals(0, test.takeBack());
        assertFalse(test.model.isInterrupting());
        test.model.send(1);
        assertTrue(test.model.isInterrupting(), "asked for");
        test.serve();
        assertEquals(List.of("transmitted 0"), test.told);
        assertEquals(1, test.send(left));
        test.model.send(10);
        assertFalse(test.model.isInterrupting(), "not asked for");
        test.end();
        test.takeBack();
        test.checkNothingLost();
    }

    @Test
    protected void aCardThatRanOutOfBuffersGetsThoseThatComeBack() throws Exception {
        CardCase test = make(4);
        test.start(16);
        test.keep = true;
        for (int round = 0; round < 200; round++) {
            for (int i = 0; i < 4; i++) {
                assertTrue(test.model.deliver(new byte[100]));
            }
            assertFalse(test.model.deliver(new byte[100]));
            test.serve();
            assertEquals(4, test.kept.size());
            test.kept.forEach(NetworkBuffers::give);
            test.kept.clear();
        }
        test.end();
        test.checkNothingLost();
    }

    @Test
    protected void theLinkComesAndGoes() throws Exception {
        CardCase test = make(16);
        test.start(8);
        assertTrue(test.driver.isLinkUp());
        for (int i = 0; i < 20; i++) {
            boolean up = i % 2 == 1;
            test.model.setLink(up);
            assertTrue(test.model.isInterrupting());
            test.forget();
            test.serve();
            assertEquals(List.of("link " + up), test.told);
            assertEquals(up, test.driver.isLinkUp());
        }
    }

    @Test
    protected void addressesGroupsAndModes() throws Exception {
        CardCase test = make(16);
        test.start(8);
        CardModel model = test.model;
        long group = 0x01005e000001L;
        long other = 0x333300abcdefL;
        long stranger = 0x525400999999L;
        assertTrue(model.accepts(CardCase.MAC) && model.accepts(-1L >>> 16));
        assertFalse(model.accepts(group) || model.accepts(other) || model.accepts(stranger));
        assertTrue(test.driver.setGroups(new long[] {group}));
        assertTrue(model.accepts(group));
        assertFalse(model.accepts(other));
        long[] many = new long[500];
        for (int i = 0; i < many.length; i++) {
            many[i] = 0x333300000000L + 7919L * i;
        }
        assertTrue(test.driver.setGroups(many));
        assertTrue(Arrays.stream(many).allMatch(model::accepts));
        assertFalse(model.accepts(stranger));
        assertTrue(test.driver.setGroups(new long[] {other}));
        assertTrue(model.accepts(other));
        assertFalse(model.accepts(group));
        assertTrue(test.driver.setReceiveMode(false, true));
        assertTrue(model.accepts(group));
        assertFalse(model.accepts(stranger));
        assertTrue(test.driver.setReceiveMode(true, false));
        assertTrue(model.accepts(group) && model.accepts(stranger));
        assertTrue(test.driver.setReceiveMode(false, false));
        assertTrue(model.accepts(other));
        assertFalse(model.accepts(group) || model.accepts(stranger));
        assertTrue(test.driver.setMacAddress(stranger));
        assertTrue(model.accepts(stranger) && model.accepts(other));
        assertFalse(model.accepts(CardCase.MAC));
        assertEquals(stranger, test.driver.macAddress());
        assertTrue(MacAddress.isStation(test.driver.macAddress()));
    }

    @Test
    protected void oneThatSendsNothingIsReset() throws Exception {
        CardCase test = make(16);
        test.start(8);
        NetworkBuffer[] two = {test.packet(new byte[60]), test.packet(new byte[60])};
        assertEquals(2, test.send(two));
        test.driver.watch(0, PATIENCE);
        test.model.send(1);
        test.driver.watch(PATIENCE + 1, PATIENCE);
        IOException e =
                assertThrows(IOException.class, () -> test.driver.watch(3 * PATIENCE, PATIENCE));
        assertTrue(e.getMessage().endsWith("it has sent none of 1 packets for 1000 ms"));
        assertTrue(test.model.isStopped() && test.isIsolated());
        test.end();
        assertEquals(2, test.takeBack());
        test.checkNothingLost();
    }

    /** A driver that dies because its card is gone gives all buffers back. */
    @Test
    protected void oneThatWasPulledComesToItsEnd() throws Exception {
        CardCase test = make(16);
        test.start(8);
        assertEquals(1, test.send(test.packet(new byte[60])));
        test.model.pull();
        assertThrows(
                IOException.class,
                () -> {
                    test.serve();
                    test.driver.watch(0, PATIENCE);
                    test.driver.watch(2 * PATIENCE, PATIENCE);
                });
        assertFalse(test.driver.isUsable());
        assertThrows(IOException.class, () -> test.driver.setGroups(new long[0]));
        NetworkBuffer late = test.packet(new byte[60]);
        assertThrows(IOException.class, () -> test.send(late));
        NetworkBuffers.give(late);
        test.end();
        assertEquals(1, test.takeBack());
        test.checkNothingLost();
    }

    /** One that does not reset itself is kept from memory; whatever it throws at its driver. */
    @Test
    protected void aCardThatCannotBeResetGivesAllBuffersBack() throws Exception {
        for (Throwable failure :
                List.of(
                        new IOException("it does not"),
                        new IllegalStateException("no registers"),
                        new OutOfMemoryError("to say that it does not"))) {
            CardCase test = make(64);
            test.resetFailure = failure;
            test.start(32);
            IOException why = new IOException("the first");
            try {
                test.driver.abort(why);
                test.end();
            } catch (OutOfMemoryError e) {
                throw new AssertionError("it goes on", e);
            }
            assertFalse(test.driver.isUsable());
            assertEquals(failure, why.getSuppressed()[0]);
            test.checkNothingLost();
        }
    }

    @Test
    protected void whatACardCannotIsRefused() throws Exception {
        CardCase test = make(64);
        test.start(8);
        assertThrows(IllegalArgumentException.class, () -> test.send(test.packet(new byte[13])));
        assertThrows(IllegalArgumentException.class, () -> test.send(test.packet(new byte[1519])));
        NetworkBuffer circle = test.packet(new byte[60]);
        circle.setNext(circle);
        assertThrows(IllegalArgumentException.class, () -> test.send(circle));
        NetworkBuffer cut = test.packet(new byte[1400], 40);
        Packets.mark(cut, false, Packets.TCP, 500);
        assertThrows(IllegalArgumentException.class, () -> test.send(cut), "headers in two");
        NetworkBuffer wide = test.packet(new byte[1400]);
        Packets.mark(wide, false, Packets.TCP, 2000);
        assertThrows(IllegalArgumentException.class, () -> test.send(wide), "segments too long");
        assertEquals(0, test.model.send(10).size());
    }

    /** Who sends, the card and the driver's thread sleep whenever they may, and nobody for ever. */
    @Test
    protected void allPacketsOfManyThreadsGetOutAndInOnce() throws Exception {
        CardCase test = make(96);
        test.start(16);
        new CardThreads(test).run();
        test.end();
        test.takeBack();
        test.checkNothingLost();
    }
}
