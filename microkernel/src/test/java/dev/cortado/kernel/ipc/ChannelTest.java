package dev.cortado.kernel.ipc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.kernel.memory.HostMemory;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A channel whose two sides take turns. */
final class ChannelTest {
    private static final long BASE = HostMemory.BASE;

    private final byte[] received = new byte[4096];

    private static HostMemory memory(int capacity) {
        return new HostMemory(ChannelLayout.bytes(capacity));
    }

    private static byte[] message(int length, int first) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }

    @Test
    void liesInMemoryAsDescribed() {
        HostMemory memory = memory(64);
        ChannelSender sender = new ChannelSender(memory, BASE, 64);
        ChannelReceiver receiver = new ChannelReceiver(memory, BASE, 64);
        assertEquals(ChannelSender.READY, sender.offer(message(3, 1), 0, 3));
        assertEquals(16, memory.readLong(BASE), "tail");
        assertEquals(0, memory.readLong(BASE + 128), "head");
        assertEquals(0x1_0000_0003L, memory.readLong(BASE + 256), "header");
        assertEquals(0x03_0201, memory.readLong(BASE + 264), "message");
        assertEquals(ChannelReceiver.READY, receiver.wantMessage());
        assertEquals(3, receiver.poll(received, 0, 3));
        assertEquals(16, memory.readLong(BASE + 128), "head");
        assertEquals(ChannelReceiver.WAIT, receiver.wantMessage());
        assertEquals(17, memory.readLong(BASE + 136), "wanted tail");
        sender.offer(message(24, 1), 0, 24);
        assertEquals(48, memory.readLong(BASE), "tail");
        receiver.poll(received, 0, 24);
        sender.offer(message(24, 1), 0, 24);
        assertEquals(0x2_0000_0010L, memory.readLong(BASE + 256 + 48), "padding");
        assertEquals(96, memory.readLong(BASE), "tail");
        assertEquals(ChannelSender.WAIT, sender.wantRoom(24));
        assertEquals(96 + 32 - 64, memory.readLong(BASE + 8), "wanted head");
    }

    @Test
    void refusesRingsThatCannotBe() {
        HostMemory memory = memory(1024);
        for (int capacity : new int[] {0, 1, 32, 63, 65, 96, -64, Integer.MIN_VALUE}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new ChannelSender(memory, BASE, capacity));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new ChannelReceiver(memory, BASE, capacity));
        }
        assertThrows(
                IllegalArgumentException.class, () -> new ChannelSender(memory, BASE + 4, 1024));
    }

    @Test
    void refusesMessagesThatNeverFit() {
        ChannelSender sender = new ChannelSender(memory(64), BASE, 64);
        assertEquals(24, ChannelLayout.maximumMessageBytes(64));
        assertEquals(ChannelSender.TOO_LONG, sender.offer(new byte[25], 0, 25));
        assertEquals(ChannelSender.TOO_LONG, sender.claim(-1));
        assertEquals(ChannelSender.TOO_LONG, sender.claim(Integer.MAX_VALUE));
        assertEquals(ChannelSender.TOO_LONG, sender.wantRoom(25));
        assertEquals(ChannelSender.READY, sender.offer(new byte[24], 0, 24));
    }

    @Test
    void aMessageThatIsTooLongForTheBufferStays() {
        HostMemory memory = memory(64);
        ChannelSender sender = new ChannelSender(memory, BASE, 64);
        ChannelReceiver receiver = new ChannelReceiver(memory, BASE, 64);
        sender.offer(message(10, 0), 0, 10);
        assertEquals(ChannelReceiver.TOO_LONG, receiver.poll(received, 0, 9));
        assertThrows(IndexOutOfBoundsException.class, () -> receiver.poll(new byte[12], 4, 12));
        assertEquals(10, receiver.next());
        assertEquals(10, receiver.poll(received, 5, 10));
        assertArrayEquals(message(10, 0), Arrays.copyOfRange(received, 5, 15));
        assertEquals(ChannelReceiver.EMPTY, receiver.poll(received, 0, 10));
    }

    @Test
    void aClaimThatIsNotCommittedIsNotSent() {
        HostMemory memory = memory(64);
        ChannelSender sender = new ChannelSender(memory, BASE, 64);
        ChannelReceiver receiver = new ChannelReceiver(memory, BASE, 64);
        assertTrue(sender.claim(8) > 0);
        assertEquals(ChannelReceiver.EMPTY, receiver.next());
        long place = sender.claim(16);
        memory.writeLong(place, 42);
        sender.commit();
        sender.commit();
        assertEquals(16, receiver.next());
        assertEquals(42, memory.readLong(receiver.messageAddress()));
        receiver.release();
        receiver.release();
        assertEquals(ChannelReceiver.EMPTY, receiver.next());
        assertEquals(24, memory.readLong(BASE + ChannelLayout.HEAD));
        assertTrue(sender.claim(8) > 0);
        assertEquals(ChannelSender.TOO_LONG, sender.claim(100));
        sender.commit();
        assertEquals(ChannelReceiver.EMPTY, receiver.next());
    }

    @Test
    void notifiesOnlyWhoAsked() {
        HostMemory memory = memory(64);
        ChannelSender sender = new ChannelSender(memory, BASE, 64);
        ChannelReceiver receiver = new ChannelReceiver(memory, BASE, 64);
        sender.offer(received, 0, 8);
        assertFalse(sender.mustNotify(), "nobody waits");
        receiver.poll(received, 0, 8);
        assertFalse(receiver.mustNotify(), "nobody waits");
        assertEquals(ChannelReceiver.WAIT, receiver.wantMessage());
        assertFalse(sender.mustNotify(), "nothing was sent");
        sender.offer(received, 0, 8);
        assertTrue(sender.mustNotify());
        assertFalse(sender.mustNotify(), "once is enough");
        sender.offer(received, 0, 8);
        assertFalse(sender.mustNotify(), "the wish is fulfilled");
        sender.offer(received, 0, 8);
        sender.offer(received, 0, 8);
        assertEquals(ChannelSender.FULL, sender.offer(received, 0, 24));
        assertEquals(ChannelSender.WAIT, sender.wantRoom(24));
        receiver.poll(received, 0, 8);
        assertFalse(receiver.mustNotify(), "not room enough yet");
        receiver.poll(received, 0, 8);
        assertTrue(receiver.mustNotify());
        receiver.poll(received, 0, 8);
        assertFalse(receiver.mustNotify(), "once is enough");
        assertEquals(ChannelSender.READY, sender.wantRoom(24));
    }

    /** Padding that the receiver has read over, but not given back, is no room yet. */
    @Test
    void doesNotTellOfRoomThatIsNotThere() {
        HostMemory memory = memory(64);
        ChannelSender sender = new ChannelSender(memory, BASE, 64);
        ChannelReceiver receiver = new ChannelReceiver(memory, BASE, 64);
        sender.offer(received, 0, 24);
        sender.offer(received, 0, 8);
        receiver.poll(received, 0, 24);
        receiver.poll(received, 0, 8);
        sender.offer(received, 0, 24);
        assertEquals(ChannelSender.WAIT, sender.wantRoom(24));
        assertEquals(24, receiver.next());
        assertFalse(receiver.mustNotify());
        receiver.release();
        assertTrue(receiver.mustNotify());
        assertEquals(ChannelSender.READY, sender.wantRoom(24));
    }

    @Test
    void newEndsGoOnWhereTheOldOnesEnded() {
        HostMemory memory = memory(64);
        ChannelSender sender = new ChannelSender(memory, BASE, 64);
        sender.offer(message(5, 1), 0, 5);
        sender.offer(message(6, 2), 0, 6);
        assertEquals(5, new ChannelReceiver(memory, BASE, 64).poll(received, 0, 24));
        new ChannelSender(memory, BASE, 64).offer(message(7, 3), 0, 7);
        ChannelReceiver receiver = new ChannelReceiver(memory, BASE, 64);
        assertEquals(6, receiver.poll(received, 0, 24));
        assertEquals(7, receiver.poll(received, 0, 24));
        assertEquals(ChannelReceiver.EMPTY, receiver.poll(received, 0, 24));
    }

    @Test
    void initializeEmptiesIt() {
        HostMemory memory = memory(64);
        new ChannelSender(memory, BASE, 64).offer(received, 0, 5);
        new ChannelReceiver(memory, BASE, 64).poll(received, 0, 5);
        memory.writeLong(BASE + ChannelLayout.WANTED_HEAD, 7);
        memory.writeLong(BASE + ChannelLayout.WANTED_TAIL, 7);
        ChannelLayout.initialize(memory, BASE);
        for (int offset = 0; offset < ChannelLayout.RECORDS; offset += 8) {
            assertEquals(0, memory.readLong(BASE + offset));
        }
    }

    /** Positions are allowed to overflow. */
    @ParameterizedTest
    @CsvSource({"1,64,0", "2,64,0", "3,256,0", "4,1024,0", "5,4096,0", "6,256,-2048"})
    void agreesWithAQueue(long seed, int capacity, long start) {
        HostMemory memory = memory(capacity);
        long begin = start == 0 ? 0 : Long.MAX_VALUE + 1 + start;
        memory.writeLong(BASE + ChannelLayout.TAIL, begin);
        memory.writeLong(BASE + ChannelLayout.HEAD, begin);
        ChannelSender sender = new ChannelSender(memory, BASE, capacity);
        ChannelReceiver receiver = new ChannelReceiver(memory, BASE, capacity);
        Random random = new Random(seed);
        Deque<byte[]> model = new ArrayDeque<>();
        int maximum = ChannelLayout.maximumMessageBytes(capacity);
        boolean senderWaits = false;
        boolean receiverWaits = false;
        for (int step = 0; step < 100_000; step++) {
            if (random.nextInt(1 + random.nextInt(3)) == 0) {
                int length = random.nextInt(1 + (random.nextInt(4) == 0 ? maximum : maximum / 4));
                byte[] message = message(length, random.nextInt());
                int sent = sender.offer(message, 0, length);
                if (sent == ChannelSender.READY) {
                    model.addLast(message);
                } else {
                    assertEquals(ChannelSender.FULL, sent);
                    assertTrue(model.size() > 0, "an empty channel takes every message");
                }
                boolean notify = sender.mustNotify();
                assertEquals(receiverWaits && sent == ChannelSender.READY, notify);
                receiverWaits &= !notify;
                if (sent == ChannelSender.FULL && random.nextBoolean()) {
                    assertEquals(ChannelSender.WAIT, sender.wantRoom(length));
                    senderWaits = true;
                }
            } else if (model.isEmpty()) {
                assertEquals(ChannelReceiver.EMPTY, receiver.poll(received, 0, maximum));
                assertFalse(receiver.mustNotify());
                assertEquals(ChannelReceiver.WAIT, receiver.wantMessage());
                receiverWaits = true;
            } else {
                byte[] expected = model.removeFirst();
                assertEquals(expected.length, receiver.poll(received, 0, maximum));
                assertArrayEquals(expected, Arrays.copyOf(received, expected.length));
                boolean notified = receiver.mustNotify();
                assertTrue(senderWaits || !notified);
                senderWaits &= !notified;
                assertTrue(!senderWaits || !model.isEmpty(), "a sender waits at an empty channel");
            }
        }
    }
}
