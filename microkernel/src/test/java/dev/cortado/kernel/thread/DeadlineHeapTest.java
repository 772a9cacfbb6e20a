package dev.cortado.kernel.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeadlineHeapTest {
    private record Waiting(long thread, long deadline, int order) {}

    private static long thread(int number) {
        return number;
    }

    @Test
    void anEmptyHeapHasNothing() {
        TestThreads threads = new TestThreads();
        DeadlineHeap heap = new DeadlineHeap(threads);
        assertEquals(DeadlineHeap.NONE, heap.first());
        assertFalse(heap.contains(thread(1)));
        heap.remove(thread(1));
        assertEquals(DeadlineHeap.NONE, heap.first());
    }

    @Test
    void equalDeadlinesComeInTheOrderOfTheirCalls() {
        TestThreads threads = new TestThreads();
        DeadlineHeap heap = new DeadlineHeap(threads);
        for (int i = 1; i <= 100; i++) {
            threads.of(thread(i)).deadline = 7;
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
        int count = 300;
        TestThreads threads = new TestThreads();
        DeadlineHeap heap = new DeadlineHeap(threads);
        Random random = new Random(seed);
        TreeSet<Waiting> model =
                new TreeSet<>(
                        Comparator.comparingLong(Waiting::deadline)
                                .thenComparingInt(Waiting::order));
        Map<Long, Waiting> members = new HashMap<>();
        for (int step = 0; step < 100_000; step++) {
            long thread = thread(1 + random.nextInt(count));
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
                threads.of(thread).deadline = deadline;
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

    /** Interrupts are off meanwhile, and how many threads wait is up to the program. */
    @ParameterizedTest
    @ValueSource(strings = {"earlier and earlier", "later and later", "random", "equal"})
    void noStepTakesLongHoweverManyWait(String order) {
        int count = 20_000;
        TestThreads threads = new TestThreads();
        DeadlineHeap heap = new DeadlineHeap(threads);
        Random random = new Random(1);
        for (int i = 1; i <= count; i++) {
            threads.of(i).deadline =
                    switch (order) {
                        case "earlier and earlier" -> -i;
                        case "later and later" -> i;
                        case "equal" -> 5;
                        default -> random.nextLong();
                    };
        }
        long most = 0;
        for (int i = 1; i <= count; i++) {
            threads.reads = 0;
            heap.add(thread(i));
            most = Math.max(most, threads.reads);
        }
        for (int i = 1; i <= count; i++) {
            boolean first = random.nextBoolean();
            long thread = first ? heap.first() : thread(1 + random.nextInt(count));
            threads.reads = 0;
            heap.remove(thread);
            most = Math.max(most, threads.reads);
        }
        assertTrue(most < 500, most + " reads in one step");
    }
}
