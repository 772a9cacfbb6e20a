package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.RecursiveTask;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Work that is divided, stolen and joined. */
final class ForkJoinTest {
    private static final class Fibonacci extends RecursiveTask<Integer> {
        private static final long serialVersionUID = 1;

        private final int n;

        Fibonacci(int n) {
            this.n = n;
        }

        @Override
        protected Integer compute() {
            if (n < 2) {
                return n;
            }
            Fibonacci other = new Fibonacci(n - 1);
            other.fork();
            return new Fibonacci(n - 2).compute() + other.join();
        }
    }

    private static final class Sort extends RecursiveAction {
        private static final long serialVersionUID = 1;

        private final int[] numbers;
        private final int begin;
        private final int end;

        Sort(int[] numbers, int begin, int end) {
            this.numbers = numbers;
            this.begin = begin;
            this.end = end;
        }

        @Override
        protected void compute() {
            if (end - begin < 100) {
                Arrays.sort(numbers, begin, end);
                return;
            }
            int middle = (begin + end) >>> 1;
            invokeAll(new Sort(numbers, begin, middle), new Sort(numbers, middle, end));
            int[] left = Arrays.copyOfRange(numbers, begin, middle);
            for (int i = 0, j = middle, k = begin; i < left.length; k++) {
                numbers[k] = j == end || left[i] <= numbers[j] ? left[i++] : numbers[j++];
            }
        }
    }

    @Test
    void divides() throws Exception {
        try (ForkJoinPool pool = new ForkJoinPool(4)) {
            assertEquals(6765, Deadline.get(pool.submit(new Fibonacci(20))));
        }
        assertEquals(610, Deadline.get(ForkJoinPool.commonPool().submit(new Fibonacci(15))));
    }

    @Test
    void sorts() throws Exception {
        int[] numbers = new Random(7).ints(20_000).toArray();
        int[] expected = numbers.clone();
        Arrays.sort(expected);
        try (ForkJoinPool pool = new ForkJoinPool(3)) {
            Deadline.get(pool.submit(new Sort(numbers, 0, numbers.length)));
        }
        assertTrue(Arrays.equals(expected, numbers));
    }

    @Test
    void exceptionsReachTheJoiner() {
        ForkJoinTask<?> task =
                ForkJoinTask.adapt(() -> {
                    throw new IllegalStateException("expected");
                });
        assertThrows(IllegalStateException.class, () -> ForkJoinPool.commonPool().invoke(task));
        assertTrue(task.isCompletedAbnormally());
    }

    @Test
    void parallelStreams() {
        assertEquals(499_999_500_000L, LongStream.range(0, 1_000_000).parallel().sum());
        List<Integer> squares =
                IntStream.range(0, 2_000).parallel().map(i -> i * i).boxed().toList();
        assertEquals(1_999 * 1_999, squares.get(1_999));
    }

    @Test
    void parallelSort() {
        long[] numbers = new Random(3).longs(50_000).toArray();
        long[] expected = numbers.clone();
        Arrays.sort(expected);
        Arrays.parallelSort(numbers);
        assertTrue(Arrays.equals(expected, numbers));
        int[] sums = new int[10_000];
        Arrays.fill(sums, 1);
        Arrays.parallelPrefix(sums, Integer::sum);
        assertEquals(10_000, sums[9_999]);
    }

    /** A worker that waits is replaced by another. */
    @Test
    void aBlockedWorkerIsCompensated() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        try (ForkJoinPool pool = new ForkJoinPool(1)) {
            ForkJoinTask<?> waiter =
                    pool.submit(() -> {
                        ForkJoinPool.managedBlock(
                                new ForkJoinPool.ManagedBlocker() {
                                    @Override
                                    public boolean block() throws InterruptedException {
                                        latch.await();
                                        return true;
                                    }

                                    @Override
                                    public boolean isReleasable() {
                                        return latch.getCount() == 0;
                                    }
                                });
                        return null;
                    });
            ForkJoinTask<?> opener = pool.submit(latch::countDown);
            Deadline.get(opener);
            Deadline.get(waiter);
        }
    }
}
