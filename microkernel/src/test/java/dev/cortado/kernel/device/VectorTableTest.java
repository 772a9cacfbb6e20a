package dev.cortado.kernel.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.kernel.memory.HostMemory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VectorTableTest {
    private static final long TABLE = HostMemory.BASE;
    private static final int VECTORS = VectorTable.END - VectorTable.FIRST;

    private final VectorTable vectors = new VectorTable(new HostMemory(3L * VectorTable.BYTES));

    private int allocate(long word) {
        return vectors.allocate(TABLE, word, word * 3, word * 5);
    }

    @Test
    void aVectorHasWhatItWasBoundTo() {
        int vector = allocate(0x1000);
        assertEquals(0x1000, vectors.begin(TABLE, vector));
        assertEquals(0x3000, vectors.signals(TABLE, vector));
        assertEquals(0x5000, vectors.line(TABLE, vector));
        vectors.setSignals(TABLE, vector, 0);
        assertEquals(0, vectors.signals(TABLE, vector));
        assertEquals(0x5000, vectors.line(TABLE, vector));
        vectors.end(TABLE);
        assertEquals(0, vectors.begin(TABLE, vector + 1));
        vectors.end(TABLE);
    }

    /** Whoever is on the way along a line's vectors goes on behind one that is taken back. */
    @Test
    void oneLeadsToTheNextUntilItIsGivenOutAnew() {
        int first = allocate(0x1000);
        int second = allocate(0x2000);
        int third = allocate(0x3000);
        assertEquals(VectorTable.NONE, vectors.next(TABLE, first));
        vectors.setNext(TABLE, first, second);
        vectors.setNext(TABLE, second, third);
        vectors.setUnseen(TABLE, second, true);
        assertTrue(vectors.isUnseen(TABLE, second));
        assertFalse(vectors.isUnseen(TABLE, third));
        vectors.setNext(TABLE, first, third);
        assertTrue(vectors.release(TABLE, second));
        assertEquals(0, vectors.begin(TABLE, second));
        assertEquals(third, vectors.next(TABLE, second));
        vectors.reclaim(TABLE, second);
        for (int vector = allocate(0x4000); vector != second; vector = allocate(0x4000)) {
            assertNotEquals(VectorTable.NONE, vector);
        }
        assertEquals(VectorTable.NONE, vectors.next(TABLE, second));
        assertFalse(vectors.isUnseen(TABLE, second));
    }

    @Test
    void allAreGivenOutOnceAndThenNoneIs() {
        Set<Integer> given = new HashSet<>();
        for (int i = 0; i < VECTORS; i++) {
            int vector = allocate(0x1000 + i * 8);
            assertTrue(vector >= VectorTable.FIRST && vector < VectorTable.END);
            assertTrue(given.add(vector));
        }
        assertEquals(VectorTable.NONE, allocate(0x1000));
    }

    @Test
    void oneThatIsGivenBackSignalsNobodyAndIsNotGivenOutBeforeItIsReclaimed() {
        int[] all = new int[VECTORS];
        for (int i = 0; i < VECTORS; i++) {
            all[i] = allocate(0x1000);
        }
        assertTrue(vectors.release(TABLE, all[7]));
        assertEquals(0, vectors.begin(TABLE, all[7]));
        vectors.end(TABLE);
        assertEquals(VectorTable.NONE, allocate(0x2000));
        vectors.reclaim(TABLE, all[7]);
        assertEquals(all[7], allocate(0x2000));
    }

    @Test
    void itIsInUseUntilItHasBeenSignalled() {
        int vector = allocate(0x1000);
        vectors.begin(TABLE, vector);
        vectors.release(TABLE, vector);
        assertTrue(vectors.isInUse(TABLE, vector));
        vectors.end(TABLE);
        assertFalse(vectors.isInUse(TABLE, vector));
    }

    @Test
    void aVectorIsGivenBackOnce() {
        int vector = allocate(0x1000);
        assertTrue(vectors.release(TABLE, vector));
        assertFalse(vectors.release(TABLE, vector));
        vectors.reclaim(TABLE, vector);
        assertFalse(vectors.release(TABLE, vector));
    }

    @Test
    void reclaimingOneThatIsBoundLeavesItBound() {
        int vector = allocate(0x1000);
        vectors.reclaim(TABLE, vector);
        assertTrue(vectors.isBound(TABLE, vector));
    }

    @Test
    void theOneGivenBackLastIsNotTheNext() {
        int vector = allocate(0x1000);
        vectors.release(TABLE, vector);
        vectors.reclaim(TABLE, vector);
        assertNotEquals(vector, allocate(0x1000));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 14, VectorTable.FIRST - 1, VectorTable.END, 255, 256, 1 << 20})
    void othersVectorsAreNotTouched(int vector) {
        assertFalse(vectors.release(TABLE, vector));
        assertFalse(vectors.isRetired(TABLE, vector));
        vectors.reclaim(TABLE, vector);
        assertEquals(0, vectors.begin(TABLE, vector));
    }

    @Test
    void tablesOfTwoCpusAreApart() {
        long other = TABLE + VectorTable.BYTES;
        int first = allocate(0x1000);
        int second = vectors.allocate(other, 0x2000, 1, VectorTable.NO_LINE);
        assertEquals(first, second);
        vectors.release(TABLE, first);
        assertEquals(0x2000, vectors.begin(other, second));
        assertEquals(VectorTable.NO_LINE, vectors.line(other, second));
        vectors.end(other);
    }

    /** Any order of steps, against a model that knows which are bound and which retired. */
    @Test
    void neverGivesOutWhatIsBoundOrRetired() {
        Random random = new Random(11);
        Map<Integer, Long> bound = new HashMap<>();
        Set<Integer> retired = new HashSet<>();
        long word = 0x1000;
        for (int step = 0; step < 300_000; step++) {
            int any = VectorTable.FIRST + random.nextInt(VECTORS);
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    word += 8;
                    int vector = allocate(word);
                    boolean full = bound.size() + retired.size() == VECTORS;
                    assertEquals(full, vector == VectorTable.NONE);
                    if (!full) {
                        assertFalse(retired.contains(vector));
                        assertEquals(null, bound.put(vector, word));
                    }
                }
                case 2 -> {
                    boolean was = bound.remove(any) != null;
                    assertEquals(was, vectors.release(TABLE, any));
                    if (was) {
                        retired.add(any);
                    }
                }
                default -> {
                    vectors.reclaim(TABLE, any);
                    retired.remove(any);
                }
            }
            assertEquals(bound.getOrDefault(any, 0L), vectors.begin(TABLE, any));
            vectors.end(TABLE);
        }
    }

    /** With a thread for the CPU: it never signals a word that has been freed. */
    @Test
    void aWordIsFreeWhenTheCpuDoesNotUseIt() throws InterruptedException {
        AtomicLong lowestValid = new AtomicLong(2);
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong wrong = new AtomicLong();
        Thread cpu =
                new Thread(() -> {
                    for (int i = 0; !stop.get(); i++) {
                        int vector = VectorTable.FIRST + i % 4;
                        long word = vectors.begin(TABLE, vector);
                        if (word != 0 && word < lowestValid.get()) {
                            wrong.incrementAndGet();
                        }
                        vectors.end(TABLE);
                    }
                });
        cpu.start();
        for (int word = 2; word <= 20_000; word++) {
            int vector = allocate(word);
            vectors.release(TABLE, vector);
            while (vectors.isInUse(TABLE, vector)) {
                Thread.onSpinWait();
            }
            lowestValid.set(word + 1);
            vectors.reclaim(TABLE, vector);
        }
        stop.set(true);
        cpu.join();
        assertEquals(0, wrong.get());
    }
}
