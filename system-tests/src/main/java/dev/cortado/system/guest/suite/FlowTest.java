package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** {@link Flow} and {@link SubmissionPublisher}: all items, in order, no more than asked for. */
final class FlowTest {
    private static final class Collecting implements Flow.Subscriber<Integer> {
        final List<Integer> items = new ArrayList<>();
        final CompletableFuture<List<Integer>> done = new CompletableFuture<>();
        private final int batch;
        private int requested;
        private Flow.Subscription subscription;

        Collecting(int batch) {
            this.batch = batch;
        }

        @Override
        public void onSubscribe(Flow.Subscription newSubscription) {
            subscription = newSubscription;
            request();
        }

        private void request() {
            requested += batch;
            subscription.request(batch);
        }

        @Override
        public void onNext(Integer item) {
            items.add(item);
            if (items.size() > requested) {
                done.completeExceptionally(new AssertionError("more than asked for"));
            }
            if (items.size() == requested) {
                request();
            }
        }

        @Override
        public void onError(Throwable throwable) {
            done.completeExceptionally(throwable);
        }

        @Override
        public void onComplete() {
            done.complete(items);
        }
    }

    @Test
    void everySubscriberGetsAllInOrder() throws Exception {
        List<Integer> expected = IntStream.range(0, 1_000).boxed().toList();
        List<Collecting> subscribers =
                List.of(new Collecting(1), new Collecting(7), new Collecting(2_000));
        try (SubmissionPublisher<Integer> publisher = new SubmissionPublisher<>()) {
            subscribers.forEach(publisher::subscribe);
            expected.forEach(publisher::submit);
        }
        for (Collecting subscriber : subscribers) {
            assertEquals(expected, Deadline.get(subscriber.done));
        }
    }

    @Test
    void errorsReachTheSubscribers() {
        Collecting subscriber = new Collecting(5);
        try (SubmissionPublisher<Integer> publisher = new SubmissionPublisher<>()) {
            publisher.subscribe(subscriber);
            publisher.submit(1);
            publisher.closeExceptionally(new IllegalStateException("expected"));
        }
        ExecutionException e =
                Assertions.assertThrows(
                        ExecutionException.class, () -> Deadline.get(subscriber.done));
        assertInstanceOf(IllegalStateException.class, e.getCause());
    }

    @Test
    void consumeCompletes() throws Exception {
        List<Integer> items = new ArrayList<>();
        CompletableFuture<Void> done;
        try (SubmissionPublisher<Integer> publisher = new SubmissionPublisher<>()) {
            done = publisher.consume(items::add);
            for (int i = 0; i < 100; i++) {
                publisher.submit(i);
            }
        }
        Deadline.get(done);
        assertEquals(IntStream.range(0, 100).boxed().toList(), items);
    }
}
