package dev.cortado.kernel.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.kernel.memory.HostMemory;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A channel whose other side writes what cannot be. */
final class CorruptChannelTest {
    private static final long BASE = HostMemory.BASE;

    private final byte[] received = new byte[4096];

    private static HostMemory memory(int capacity) {
        return new HostMemory(ChannelLayout.bytes(capacity));
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
