package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** {@link CompletableFuture}. */
final class CompletableFutureTest {
    @Test
    void stagesFollowEachOther() throws Exception {
        CompletableFuture<String> future =
                CompletableFuture.supplyAsync(() -> 20)
                        .thenCombine(CompletableFuture.supplyAsync(() -> 22), Integer::sum)
                        .thenApplyAsync(sum -> "sum " + sum)
                        .thenCompose(text -> CompletableFuture.supplyAsync(() -> text + "!"));
        assertEquals("sum 42!", Deadline.get(future));
    }

    @Test
    void aLongChain() throws Exception {
        CompletableFuture<Integer> future = CompletableFuture.supplyAsync(() -> 0);
        for (int i = 0; i < 1_000; i++) {
            future = i % 10 == 0 ? future.thenApplyAsync(n -> n + 1) : future.thenApply(n -> n + 1);
        }
        assertEquals(1_000, Deadline.get(future));
    }

    @Test
    void allAndAny() throws Exception {
        List<CompletableFuture<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            futures.add(CompletableFuture.supplyAsync(() -> number));
        }
        Deadline.get(CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)));
        assertEquals(4950, futures.stream().mapToInt(CompletableFuture::join).sum());
        CompletableFuture<Integer> never = new CompletableFuture<>();
        assertEquals(
                5,
                Deadline.get(
                        CompletableFuture.anyOf(never, CompletableFuture.supplyAsync(() -> 5))));
    }

    @Test
    void exceptionsTravelAlong() {
        CompletableFuture<Integer> failed =
                CompletableFuture.supplyAsync(() -> {
                    throw new IllegalStateException("expected");
                });
        CompletableFuture<Integer> after = failed.thenApply(n -> n + 1);
        ExecutionException e = assertThrows(ExecutionException.class, () -> Deadline.get(after));
        assertInstanceOf(IllegalStateException.class, e.getCause());
        assertThrows(CompletionException.class, after::join);
        assertEquals(-1, after.exceptionally(cause -> -1).join());
        assertEquals("expected", after.handle((n, cause) -> cause.getCause().getMessage()).join());
    }

    @Test
    void timeOutsComeAndAreNotEarly() {
        long begin = System.nanoTime();
        CompletableFuture<Integer> future =
                new CompletableFuture<Integer>().orTimeout(20, TimeUnit.MILLISECONDS);
        ExecutionException e = assertThrows(ExecutionException.class, () -> Deadline.get(future));
        assertInstanceOf(TimeoutException.class, e.getCause());
        assertTrue(System.nanoTime() - begin >= 20_000_000);
    }

    @Test
    void timeOutsGiveAnotherValue() throws Exception {
        assertEquals(
                9,
                Deadline.get(
                        new CompletableFuture<Integer>()
                                .completeOnTimeout(9, 10, TimeUnit.MILLISECONDS)));
        CompletableFuture<Integer> done =
                CompletableFuture.supplyAsync(() -> 1)
                        .completeOnTimeout(9, Deadline.SECONDS * 10, TimeUnit.SECONDS);
        assertEquals(1, Deadline.get(done));
    }

    @Test
    void delayedExecutorsWait() throws Exception {
        long begin = System.nanoTime();
        Executor later = CompletableFuture.delayedExecutor(15, TimeUnit.MILLISECONDS);
        long took =
                Deadline.get(CompletableFuture.supplyAsync(() -> System.nanoTime() - begin, later));
        assertTrue(took >= 15_000_000);
    }

    @Test
    void completedByHand() throws Exception {
        CompletableFuture<String> future = new CompletableFuture<>();
        TestThread waiter = TestThread.start(() -> assertEquals("done", Deadline.get(future)));
        assertTrue(future.complete("done"));
        assertFalse(future.complete("again"));
        waiter.finish();
        CompletableFuture<String> cancelled = new CompletableFuture<>();
        cancelled.cancel(true);
        assertTrue(cancelled.isCompletedExceptionally());
    }
}
