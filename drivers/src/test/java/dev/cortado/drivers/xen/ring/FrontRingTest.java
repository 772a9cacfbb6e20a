package dev.cortado.drivers.xen.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.kernel.memory.HostMemory;
import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The front half of a ring beside a backend written from public/io/ring.h. */
final class FrontRingTest {
    private static final int ENTRY = 12;
    private static final int SIZE = 32;
    private static final int BYTES = 512;

    private final HostMemory memory = new HostMemory(BYTES);
    private final FrontRing ring = new FrontRing(memory, HostMemory.BASE, BYTES, ENTRY);

    /** As if so many requests had been answered; nobody waits for four billion of them. */
    private void goTo(int index) throws ReflectiveOperationException {
        for (String name : new String[] {"requests", "published", "responses"}) {
            Field field = FrontRing.class.getDeclaredField(name);
            field.setAccessible(true);
            field.setInt(ring, index);
        }
        memory.writeIntRelease(HostMemory.BASE, index);
        memory.writeIntRelease(HostMemory.BASE + 4, index + 1);
        memory.writeIntRelease(HostMemory.BASE + 8, index);
        memory.writeIntRelease(HostMemory.BASE + 12, index + 1);
    }

    /** Also across 2^31 and 2^32: all comes back once, and who sleeps is told. */
    @ParameterizedTest
    @ValueSource(ints = {0, -1, -7, -100, Integer.MAX_VALUE - 50, Integer.MIN_VALUE})
    void requestsAreAnsweredWhereverTheIndicesBegin(int start) throws Exception {
        goTo(start);
        Random random = new Random(start);
        ArrayDeque<Integer> expected = new ArrayDeque<>();
        int taken = start;
        int answered = start;
        int next = 0;
        boolean isAwake = false;
        for (int step = 0; step < 5000; step++) {
            int count = random.nextInt(ring.room() + 1);
            for (int i = 0; i < count; i++) {
                expected.add(next);
                memory.writeIntRelease(ring.nextRequest(), next++);
            }
            boolean tell = ring.publish();
            assertEquals(count > 0 && !isAwake, tell, "step " + step);
            isAwake |= tell;
            int some = random.nextInt(ring.outstanding() + 1);
            for (int i = 0; i < some && taken != memory.readIntAcquire(HostMemory.BASE); i++) {
                long at = HostMemory.BASE + 64 + (long) ENTRY * (taken++ & SIZE - 1);
                int request = memory.readIntAcquire(at);
                at = HostMemory.BASE + 64 + (long) ENTRY * (answered++ & SIZE - 1);
                memory.writeIntRelease(at, request);
            }
            memory.writeIntRelease(HostMemory.BASE + 8, answered);
            if (taken == memory.readIntAcquire(HostMemory.BASE)) {
                memory.writeIntRelease(HostMemory.BASE + 4, taken + 1);
                isAwake = false;
            }
            int available = ring.available();
            for (int left = random.nextInt(available + 1); left > 0; left--) {
                int response = memory.readIntAcquire(ring.nextResponse());
                assertEquals(expected.poll(), response);
            }
            assertEquals(ring.responseIndex() == answered, ring.enableEvents());
            assertEquals(expected.size(), ring.outstanding());
            assertEquals(SIZE, ring.room() + ring.outstanding());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -3, Integer.MAX_VALUE - 3})
    void responsesThatNobodyAskedForAreNone(int start) throws Exception {
        goTo(start);
        for (int i = 0; i < 5; i++) {
            ring.nextRequest();
        }
        assertTrue(ring.publish());
        for (int wild : new int[] {6, -1, 33, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            memory.writeIntRelease(HostMemory.BASE + 8, start + wild);
            assertThrows(CorruptRingException.class, ring::available, "" + wild);
        }
        memory.writeIntRelease(HostMemory.BASE + 8, start + 4);
        assertEquals(4, ring.available());
        memory.writeIntRelease(HostMemory.BASE + 8, start + 3);
        assertThrows(CorruptRingException.class, ring::available, "it takes one back");
        assertFalse(ring.enableEvents());
    }
}
