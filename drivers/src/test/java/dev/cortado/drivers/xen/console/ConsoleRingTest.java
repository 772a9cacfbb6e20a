package dev.cortado.drivers.xen.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.kernel.memory.HostMemory;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Offsets as in public/io/console.h: in[1024], out[2048], then the four indices. */
class ConsoleRingTest {

    private static final long PAGE = HostMemory.BASE;
    private static final long IN_CONS = PAGE + 3072;
    private static final long IN_PROD = PAGE + 3076;
    private static final long OUT_CONS = PAGE + 3080;
    private static final long OUT_PROD = PAGE + 3084;

    private final HostMemory memory = new HostMemory(4096);
    private final ConsoleRing ring = new ConsoleRing(memory);

    @BeforeEach
    void connect() {
        ring.connect(PAGE);
    }

    @Test
    void writesBytesThenTheIndex() {
        ring.write((byte) 'h');
        ring.write((byte) 'i');
        assertEquals('h', memory.readByte(PAGE + 1024));
        assertEquals('i', memory.readByte(PAGE + 1025));
        assertEquals(2, memory.readIntAcquire(OUT_PROD));
        assertFalse(ring.isDrained());
        memory.writeIntRelease(OUT_CONS, 2);
        assertTrue(ring.isDrained());
    }

    @Test
    void isFullAfter2048Bytes() {
        for (int i = 0; i < 2048; i++) {
            assertTrue(ring.room() > 0);
            ring.write((byte) i);
        }
        assertEquals(0, ring.room());
        memory.writeIntRelease(OUT_CONS, 1);
        assertTrue(ring.room() > 0);
    }

    @Test
    void goesOnWhereThePageIsAndOverTheEndOfTheIndices() {
        memory.writeIntRelease(OUT_PROD, -1);
        memory.writeIntRelease(OUT_CONS, -1);
        memory.writeIntRelease(IN_PROD, -1);
        memory.writeIntRelease(IN_CONS, -1);
        ring.connect(PAGE);
        ring.write((byte) 'x');
        ring.write((byte) 'y');
        assertEquals('x', memory.readByte(PAGE + 1024 + 2047));
        assertEquals('y', memory.readByte(PAGE + 1024));
        assertEquals(1, memory.readIntAcquire(OUT_PROD));
        assertEquals(ConsoleRing.EMPTY, ring.read());
        memory.writeByte(PAGE + 1023, (byte) 0xff);
        memory.writeByte(PAGE, (byte) 'b');
        memory.writeIntRelease(IN_PROD, 1);
        assertEquals(0xff, ring.read());
        assertEquals('b', ring.read());
        assertEquals(ConsoleRing.EMPTY, ring.read());
        assertEquals(1, memory.readIntAcquire(IN_CONS));
    }

    @Test
    void anInsaneConsumerIsAFullRing() {
        memory.writeIntRelease(OUT_CONS, 5);
        assertEquals(0, ring.room());
        memory.writeIntRelease(OUT_CONS, 0x8000_0000);
        assertEquals(0, ring.room());
        memory.writeIntRelease(OUT_CONS, 0);
        assertTrue(ring.room() > 0);
    }

    @Test
    void anInsaneProducerIsAnEmptyRing() {
        memory.writeIntRelease(IN_PROD, 1025);
        assertEquals(ConsoleRing.EMPTY, ring.read());
        assertEquals(1025, memory.readIntAcquire(IN_CONS));
        memory.writeIntRelease(IN_PROD, 1026);
        memory.writeByte(PAGE + 1, (byte) 'z');
        assertEquals('z', ring.read());
    }

    @Test
    void whatTheOtherSideWritesToOurIndicesIsNotBelieved() {
        ring.write((byte) 'a');
        memory.writeIntRelease(OUT_PROD, 12345);
        memory.writeIntRelease(IN_CONS, -77);
        ring.write((byte) 'b');
        assertEquals('b', memory.readByte(PAGE + 1025));
        assertEquals(2, memory.readIntAcquire(OUT_PROD));
        memory.writeIntRelease(IN_PROD, 1);
        memory.writeByte(PAGE, (byte) 'q');
        assertEquals('q', ring.read());
        assertEquals(1, memory.readIntAcquire(IN_CONS));
    }

    /** The memory fails every access outside the page. */
    @Test
    void wildIndicesNeitherCorruptNorHang() {
        Random random = new Random(4);
        for (int i = 0; i < 200_000; i++) {
            memory.writeIntRelease(PAGE + 3072 + 4 * random.nextInt(4), random.nextInt());
            if (ring.room() > 0) {
                ring.write((byte) i);
            }
            ring.read();
            ring.isDrained();
        }
    }
}
