package dev.cortado.drivers.xen.ring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.kernel.memory.HostMemory;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RingTest {
    private static final int SIZE = 16;
    private static final long CONSUMER = HostMemory.BASE + SIZE;
    private static final long PRODUCER = CONSUMER + 4;

    private final HostMemory memory = new HostMemory(64);
    private final RingPlace place =
            new RingPlace(memory, HostMemory.BASE, SIZE, CONSUMER, PRODUCER);

    private void indices(int consumer, int producer) {
        memory.writeIntRelease(CONSUMER, consumer);
        memory.writeIntRelease(PRODUCER, producer);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 13, -1, -7, Integer.MAX_VALUE - 3, Integer.MIN_VALUE})
    void bytesComeOutInOrderWhereverTheIndicesBegin(int start) throws CorruptRingException {
        indices(start, start);
        RingWriter writer = new RingWriter(place);
        RingReader reader = new RingReader(place);
        Random random = new Random(start);
        byte[] sent = new byte[1000];
        random.nextBytes(sent);
        byte[] received = new byte[sent.length];
        int written = 0;
        int read = 0;
        while (read < sent.length) {
            int length = Math.min(random.nextInt(20), sent.length - written);
            written += writer.write(sent, written, length);
            read += reader.read(received, read, Math.min(random.nextInt(20), 1000 - read));
        }
        assertArrayEquals(sent, received);
        assertEquals(start + 1000, memory.readIntAcquire(CONSUMER));
        assertEquals(start + 1000, memory.readIntAcquire(PRODUCER));
    }

    @Test
    void aFullRingTakesNothingMore() throws CorruptRingException {
        RingWriter writer = new RingWriter(place);
        assertEquals(SIZE, writer.write(new byte[20], 0, 20));
        assertEquals(0, writer.write(new byte[1], 0, 1));
        indices(3, SIZE);
        assertEquals(3, writer.room());
    }

    @Test
    void whoeverCanWriteBehindTheIndexFindsNoNeighbourTouched() throws CorruptRingException {
        indices(5, 5);
        RingWriter writer = new RingWriter(place);
        memory.writeIntRelease(CONSUMER, 5);
        writer.write(new byte[3], 0, 3);
        assertEquals(5, memory.readIntAcquire(CONSUMER), "the reader's index is the reader's");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 11, -1, SIZE + 100, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void aReadersIndexThatCannotBeEndsWriting(int consumer) throws CorruptRingException {
        indices(5, 10);
        RingWriter writer = new RingWriter(place);
        memory.writeIntRelease(CONSUMER, consumer);
        assertThrows(CorruptRingException.class, () -> writer.write(new byte[1], 0, 1));
        memory.writeIntRelease(CONSUMER, 5);
        assertThrows(CorruptRingException.class, writer::room, "it is not trusted again");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6, 6 + SIZE, -1, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void aWritersIndexThatCannotBeEndsReading(int producer) throws CorruptRingException {
        indices(5, 10);
        RingReader reader = new RingReader(place);
        assertEquals(5, reader.available());
        memory.writeIntRelease(PRODUCER, producer);
        assertThrows(CorruptRingException.class, () -> reader.read(new byte[1], 0, 1));
        memory.writeIntRelease(PRODUCER, 10);
        assertThrows(CorruptRingException.class, reader::available, "it is not trusted again");
    }

    @Test
    void ownIndicesAreNotReadBack() throws CorruptRingException {
        RingWriter writer = new RingWriter(place);
        RingReader reader = new RingReader(place);
        writer.write(new byte[] {1, 2, 3}, 0, 3);
        indices(1, 3);
        byte[] bytes = new byte[3];
        assertEquals(3, reader.read(bytes, 0, 3));
        assertArrayEquals(new byte[] {1, 2, 3}, bytes);
    }

    @Test
    void aRingThatBeginsWrongIsNotUsed() {
        indices(0, SIZE + 1);
        assertThrows(CorruptRingException.class, new RingWriter(place)::room);
        assertThrows(CorruptRingException.class, new RingReader(place)::available);
    }
}
