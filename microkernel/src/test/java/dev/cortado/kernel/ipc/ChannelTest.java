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
import org.junit.jupiter.params.provider.ValueSource;

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

    private static final long NEVER = 0x7fff_ffff_ffff_fff8L;

    @ParameterizedTest
    @ValueSource(longs = {-8, 8, 24, 36, 104, 1, NEVER, Long.MIN_VALUE, -1})
    void aHeadThatCannotBeEndsTheSender(long head) {
        HostMemory memory = memory(64);
        ChannelSender sender = new ChannelSender(memory, BASE, 64);
        ChannelReceiver receiver = new ChannelReceiver(memory, BASE, 64);
        sender.offer(received, 0, 24);
        receiver.poll(received, 0, 24);
        sender.offer(received, 0, 24);
        sender.offer(received, 0, 24);
        sender = new ChannelSender(memory, BASE, 64); // has seen the head at 32, the tail is 96
        memory.writeLong(BASE + ChannelLayout.HEAD, head);
        assertEquals(ChannelSender.CORRUPT, sender.offer(received, 0, 24));
        assertTrue(sender.isCorrupt());
        memory.writeLong(BASE + ChannelLayout.HEAD, 96);
        assertEquals(ChannelSender.CORRUPT, sender.offer(received, 0, 8), "it stays so");
        assertEquals(ChannelSender.CORRUPT, sender.wantRoom(8));
        sender.commit();
        assertEquals(96, memory.readLong(BASE));
    }

    @Test
    void aHeadThatGoesBackEndsTheSender() {
        HostMemory memory = memory(64);
        ChannelSender sender = new ChannelSender(memory, BASE, 64);
        ChannelReceiver receiver = new ChannelReceiver(memory, BASE, 64);
        sender.offer(received, 0, 24);
        receiver.poll(received, 0, 24);
        sender.offer(received, 0, 24);
        sender.offer(received, 0, 8); // sees the head at 32
        memory.writeLong(BASE + ChannelLayout.HEAD, 16);
        assertEquals(ChannelSender.CORRUPT, sender.offer(received, 0, 24));
    }

    @ParameterizedTest
    @ValueSource(longs = {-8, 8, 1, 65, 96, NEVER, Long.MIN_VALUE, -1})
    void aTailThatCannotBeEndsTheReceiver(long tail) {
        HostMemory memory = memory(64);
        ChannelSender sender = new ChannelSender(memory, BASE, 64);
        ChannelReceiver receiver = new ChannelReceiver(memory, BASE, 64);
        sender.offer(received, 0, 8);
        receiver.poll(received, 0, 8);
        memory.writeLong(BASE + ChannelLayout.RECORDS + 16, ChannelLayout.header(1, 0));
        memory.writeLong(BASE + ChannelLayout.TAIL, tail);
        assertEquals(ChannelReceiver.CORRUPT, receiver.poll(received, 0, 24));
        assertTrue(receiver.isCorrupt());
        memory.writeLong(BASE + ChannelLayout.TAIL, 16);
        assertEquals(ChannelReceiver.CORRUPT, receiver.next(), "it stays so");
        assertEquals(ChannelReceiver.CORRUPT, receiver.wantMessage());
    }

    @Test
    void endsDoNotAttachToPositionsThatCannotBe() {
        HostMemory memory = memory(64);
        memory.writeLong(BASE + ChannelLayout.TAIL, 7);
        assertTrue(new ChannelSender(memory, BASE, 64).isCorrupt());
        memory.writeLong(BASE + ChannelLayout.TAIL, 8);
        memory.writeLong(BASE + ChannelLayout.HEAD, 16);
        assertTrue(new ChannelSender(memory, BASE, 64).isCorrupt());
        memory.writeLong(BASE + ChannelLayout.HEAD, 7);
        assertTrue(new ChannelReceiver(memory, BASE, 64).isCorrupt());
    }

    /** The head is at 40 of 64, the tail 48 further on: 24 bytes to the ring's end, 24 behind. */
    @ParameterizedTest
    @ValueSource(
            longs = {
                0, // nothing written
                0x3_0000_0008L, // no such kind
                0xffff_ffff_0000_0008L,
                0x1_ffff_ffffL, // lengths
                0x1_8000_0000L,
                0x1_7fff_ffffL,
                0x1_0000_0019L,
                0x1_0000_0011L, // crosses the end
                0x2_0000_0000L, // padding that is not all that is left
                0x2_0000_0010L,
                0x2_0000_0020L,
                0x2_ffff_fff8L,
                0x2_0000_0030L,
            })
    void aRecordThatCannotBeEndsTheReceiver(long header) {
        assertEquals(ChannelReceiver.CORRUPT, withRecord(40, 48, header).next());
    }

    @Test
    void recordsThatCanBeAreRead() {
        assertEquals(16, withRecord(40, 48, 0x1_0000_0010L).next());
        assertEquals(0, withRecord(40, 48, 0x1_0000_0000L).next());
    }

    @Test
    void paddingMustHaveAMessageBehindIt() {
        assertEquals(ChannelReceiver.CORRUPT, withRecord(40, 24, 0x2_0000_0018L).next());
        assertEquals(ChannelReceiver.CORRUPT, withRecord(40, 48, 0x2_0000_0018L).next());
        assertEquals(ChannelReceiver.CORRUPT, withRecord(40, 16, 0x2_0000_0018L, 0).next());
        assertEquals(ChannelReceiver.CORRUPT, withRecord(0, 64, 0x2_0000_0040L).next());
        assertEquals(7, withRecord(40, 48, 0x2_0000_0018L, 0).next());
    }

    @Test
    void paddingTakesAllThatIsLeft() {
        assertEquals(ChannelReceiver.CORRUPT, withRecord(40, 48, 0x2_0000_0010L, 56).next());
        assertEquals(ChannelReceiver.CORRUPT, withRecord(40, 48, 0x2_0000_0000L, 40).next());
        assertEquals(ChannelReceiver.CORRUPT, withRecord(40, 48, 0x2_0000_0020L, 8).next());
        assertEquals(ChannelReceiver.CORRUPT, withRecord(40, 48, 0x2_ffff_fff8L, 32).next());
    }

    @Test
    void aMessageMustBeWhollySent() {
        assertEquals(ChannelReceiver.CORRUPT, withRecord(0, 24, 0x1_0000_0011L).next());
        assertEquals(16, withRecord(0, 24, 0x1_0000_0010L).next());
    }

    private static ChannelReceiver withRecord(int head, int used, long header) {
        return withRecord(memory(64), head, used, header);
    }

    /** The same with a sound message of 7 bytes at {@code second}. */
    private static ChannelReceiver withRecord(int head, int used, long header, int second) {
        HostMemory memory = memory(64);
        memory.writeLong(BASE + ChannelLayout.RECORDS + second, ChannelLayout.header(1, 7));
        return withRecord(memory, head, used, header);
    }

    private static ChannelReceiver withRecord(HostMemory memory, int head, int used, long header) {
        memory.writeLong(BASE + ChannelLayout.HEAD, head);
        memory.writeLong(BASE + ChannelLayout.TAIL, head + used);
        memory.writeLong(BASE + ChannelLayout.RECORDS + head, header);
        return new ChannelReceiver(memory, BASE, 64);
    }

    /** Whatever the other side writes: nobody reads outside the ring, nothing goes on for ever. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyBytesAreRead(long seed) {
        Random random = new Random(seed);
        int capacity = 256;
        int words = (int) ChannelLayout.bytes(capacity) / 8;
        for (int round = 0; round < 20_000; round++) {
            HostMemory memory = memory(capacity);
            ChannelSender sender = new ChannelSender(memory, BASE, capacity);
            ChannelReceiver receiver = new ChannelReceiver(memory, BASE, capacity);
            for (int step = 0; step < 30; step++) {
                if (random.nextInt(5) == 0) {
                    long value = random.nextLong() >> random.nextInt(64);
                    int kind = random.nextInt(4);
                    if (random.nextBoolean()) {
                        value = (long) kind << 32 | value & 0xf8;
                    }
                    memory.writeLong(BASE + 8L * random.nextInt(words), value);
                }
                int length = random.nextInt(140);
                sender.offer(received, 0, length);
                int bytes = receiver.poll(received, 0, received.length);
                assertTrue(bytes <= ChannelLayout.maximumMessageBytes(capacity));
                sender.mustNotify();
                receiver.mustNotify();
                sender.wantRoom(length);
                receiver.wantMessage();
            }
        }
    }
}
