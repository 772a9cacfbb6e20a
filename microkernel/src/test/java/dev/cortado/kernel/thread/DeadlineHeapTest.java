package dev.cortado.kernel.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.kernel.memory.ArrayMemory;
import dev.cortado.kernel.memory.PhysicalMemory;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeadlineHeapTest {
    private static final int BLOCK = 64;
    private static final long DEADLINE = 8;
    private static final DeadlineHeap.Layout LAYOUT =
            new DeadlineHeap.Layout(DEADLINE, 16, 24, 32, 40);

    private record Waiting(long thread, long deadline, int order) {}

    /** Counts reads, to tell whether an operation walks through the whole heap. */
    private static final class CountingMemory implements PhysicalMemory {
        private final ArrayMemory memory;
        long reads;

        CountingMemory(int bytes) {
            memory = new ArrayMemory(bytes);
        }

        @Override
        public long readLong(long address) {
            reads++;
            return memory.readLong(address);
        }

        @Override
        public void writeLong(long address, long value) {
            memory.writeLong(address, value);
        }

        @Override
        public byte readByte(long address) {
            return memory.readByte(address);
        }

        @Override
        public void writeByte(long address, byte value) {
            memory.writeByte(address, value);
        }
    }

    private static long thread(int number) {
        return (long) number * BLOCK;
    }

    @Test
    void anEmptyHeapHasNothing() {
        ArrayMemory memory = new ArrayMemory(2 * BLOCK);
        DeadlineHeap heap = new DeadlineHeap(memory, LAYOUT);
        assertEquals(DeadlineHeap.NONE, heap.first());
        assertFalse(heap.contains(thread(1)));
        heap.remove(thread(1));
        assertEquals(DeadlineHeap.NONE, heap.first());
    }

    @Test
    void equalDeadlinesComeInTheOrderOfTheirCalls() {
        ArrayMemory memory = new ArrayMemory(101 * BLOCK);
        DeadlineHeap heap = new DeadlineHeap(memory, LAYOUT);
        for (int i = 1; i <= 100; i++) {
            memory.writeLong(thread(i) + DEADLINE, 7);
            heap.add(thread(i));
        }
        for (int i = 1; i <= 100; i++) {
            assertEquals(thread(i), heap.first());
            heap.remove(heap.first());
        }
        assertEquals(DeadlineHeap.NONE, heap.first());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithASortedSet(long seed) {
        int threads = 300;
        ArrayMemory memory = new ArrayMemory((threads + 1) * BLOCK);
        DeadlineHeap heap = new DeadlineHeap(memory, LAYOUT);
        Random random = new Random(seed);
        TreeSet<Waiting> model =
                new TreeSet<>(
                        Comparator.comparingLong(Waiting::deadline)
                                .thenComparingInt(Waiting::order));
        Map<Long, Waiting> members = new HashMap<>();
        for (int step = 0; step < 100_000; step++) {
            long thread = thread(1 + random.nextInt(threads));
            assertEquals(members.containsKey(thread), heap.contains(thread));
            int choice = random.nextInt(10);
            if (choice < 2 && !model.isEmpty()) {
                thread = heap.first();
                heap.remove(thread);
                model.remove(members.remove(thread));
            } else if (members.containsKey(thread)) {
                heap.remove(thread);
                model.remove(members.remove(thread));
            } else {
                long deadline = choice < 8 ? random.nextInt(50) : random.nextLong();
                memory.writeLong(thread + DEADLINE, deadline);
                heap.add(thread);
                Waiting waiting = new Waiting(thread, deadline, step);
                members.put(thread, waiting);
                model.add(waiting);
            }
            assertEquals(
                    model.isEmpty() ? DeadlineHeap.NONE : model.first().thread(), heap.first());
        }
        while (!model.isEmpty()) {
            assertEquals(model.pollFirst().thread(), heap.first());
            heap.remove(heap.first());
        }
    }

    /** What a timer that is hardly ever due costs, and a million rounds of one that is. */
    @Test
    void costsLittle() {
        int threads = 10_000;
        CountingMemory memory = new CountingMemory((threads + 1) * BLOCK);
        DeadlineHeap heap = new DeadlineHeap(memory, LAYOUT);
        Random random = new Random(1);
        for (int i = 1; i <= threads; i++) {
            memory.writeLong(thread(i) + DEADLINE, random.nextInt(1_000_000));
            heap.add(thread(i));
        }
        assertTrue(memory.reads <= 5L * threads, "adding: " + memory.reads + " reads");
        memory.reads = 0;
        int rounds = 100_000;
        for (int i = 0; i < rounds; i++) {
            long thread = heap.first();
            heap.remove(thread);
            memory.writeLong(
                    thread + DEADLINE,
                    memory.readLong(thread + DEADLINE) + random.nextInt(1_000_000));
            heap.add(thread);
        }
        long perRound = memory.reads / rounds;
        assertTrue(perRound < 400, perRound + " reads a round");
    }
}
