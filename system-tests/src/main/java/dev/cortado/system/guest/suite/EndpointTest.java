package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.kernel.ipc.Contract;
import dev.cortado.kernel.ipc.Endpoint;
import dev.cortado.kernel.ipc.EndpointClosedException;
import dev.cortado.kernel.ipc.Message;
import dev.cortado.kernel.ipc.Server;
import dev.cortado.kernel.ipc.ServiceException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls and replies. */
final class EndpointTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(Deadline.SECONDS);

    private final Server<Integer, Integer> server = new Server<>(Contract.FAIL);
    private final Endpoint<Integer, Integer> endpoint = server.endpoint();

    @BeforeAll
    static void inAGuest() {
        Guest.required();
    }

    private TestThread serveDoubles() {
        return TestThread.start(() -> server.serve(request -> 2 * request));
    }

    @Test
    void aCallIsRepliedToBothWhenTheServerWaitsAndWhenItDoesNot() throws Exception {
        TestThread caller = TestThread.start(() -> assertEquals(6, endpoint.call(3)));
        Thread.sleep(5);
        TestThread serving = serveDoubles();
        caller.finish();
        for (int i = 0; i < 1_000; i++) {
            assertEquals(2 * i, endpoint.call(i));
        }
        server.close();
        serving.finish();
    }

    @Test
    void manyCallersGetEachTheirOwnReplies() throws Exception {
        List<TestThread> serving = TestThread.startAll(3, () -> server.serve(i -> i + 1));
        AtomicInteger start = new AtomicInteger();
        List<TestThread> callers =
                TestThread.startAll(
                        8,
                        () -> {
                            int first = start.getAndAdd(1_000_000);
                            for (int i = 0; i < 2_000; i++) {
                                assertEquals(first + i + 1, endpoint.call(first + i));
                            }
                        });
        TestThread.finishAll(callers);
        server.close();
        TestThread.finishAll(serving);
    }

    @Test
    void repliesMayComeInAnotherOrder() throws Exception {
        List<TestThread> callers = TestThread.startAll(2, () -> assertEquals(5, endpoint.call(5)));
        Message<Integer, Integer> first = server.receive();
        Message<Integer, Integer> second = server.receive();
        assertTrue(server.reply(second, second.request()));
        assertTrue(server.reply(first, first.request()));
        TestThread.finishAll(callers);
    }

    @Test
    void aMessageIsAnsweredOnceAndWhereItCameFrom() throws Exception {
        TestThread caller = TestThread.start(() -> endpoint.call(1));
        Message<Integer, Integer> message = server.receive();
        Server<Integer, Integer> other = new Server<>(Contract.FAIL);
        assertThrows(IllegalArgumentException.class, () -> other.reply(message, 1));
        server.reply(message, 1);
        assertThrows(IllegalStateException.class, () -> server.reply(message, 1));
        caller.finish();
    }

    /** Also a caller that gets to run only when the next one serves. */
    @Test
    void callersAreToldWhatTheServiceDiedOf() throws Exception {
        Server<Integer, Integer> life = server;
        for (int i = 0; i < 300; i++) {
            int number = i;
            TestThread caller =
                    TestThread.start(() -> {
                        ServiceException e =
                                assertThrows(ServiceException.class, () -> endpoint.call(number));
                        assertEquals("death " + number, e.getCause().getMessage());
                    });
            life.receive();
            life.abandon(new IllegalStateException("death " + i));
            life = life.successor();
            caller.finish();
        }
        life.close();
    }

    @Test
    void aCallThatNobodyReceivesTimesOut() {
        long begin = System.nanoTime();
        assertThrows(TimeoutException.class, () -> endpoint.call(1, SHORT));
        assertTrue(System.nanoTime() - begin >= SHORT.toNanos());
        assertThrows(TimeoutException.class, () -> endpoint.call(1, Duration.ZERO));
    }

    @Test
    void aTimedOutCallIsNotReceivedAndALateReplyGoesNowhere() throws Exception {
        assertThrows(TimeoutException.class, () -> endpoint.call(1, SHORT));
        assertNull(server.receive(SHORT));
        TestThread caller =
                TestThread.start(() -> {
                    assertThrows(TimeoutException.class, () -> endpoint.call(2, SHORT));
                    assertEquals(30, endpoint.call(3));
                });
        Message<Integer, Integer> late = server.receive();
        assertEquals(2, late.request());
        Message<Integer, Integer> next = server.receive();
        assertFalse(server.reply(late, 20));
        server.reply(next, 30);
        caller.finish();
    }

    @Test
    void anInterruptEndsACallBeforeAndWhileItWaits() throws Exception {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> endpoint.call(1));
        for (boolean received : new boolean[] {false, true}) {
            TestThread caller =
                    TestThread.start(() -> {
                        assertThrows(InterruptedException.class, () -> endpoint.call(7));
                        assertFalse(Thread.currentThread().isInterrupted());
                    });
            Message<Integer, Integer> message = received ? server.receive() : null;
            Thread.sleep(5);
            caller.thread().interrupt();
            caller.finish();
            if (received) {
                assertFalse(server.reply(message, 1));
            }
        }
        assertNull(server.receive(SHORT));
    }

    @Test
    void anInterruptEndsReceiving() throws Exception {
        TestThread receiver =
                TestThread.start(
                        () -> assertThrows(InterruptedException.class, () -> server.receive()));
        Thread.sleep(5);
        receiver.thread().interrupt();
        receiver.finish();
    }

    /** Replies, deadlines and interrupts at the same time: each call ends in one way. */
    @Test
    void racesOfRepliesDeadlinesAndInterruptsLoseNothing() throws Exception {
        TestThread serving = serveDoubles();
        AtomicLong done = new AtomicLong();
        List<TestThread> callers =
                TestThread.startAll(
                        4,
                        () -> {
                            for (int i = 0; i < 500; i++) {
                                try {
                                    int nanos = ThreadLocalRandom.current().nextInt(200_000);
                                    assertEquals(2 * i, endpoint.call(i, Duration.ofNanos(nanos)));
                                } catch (TimeoutException | InterruptedException e) {
                                    // One of the ways.
                                }
                                done.incrementAndGet();
                            }
                        });
        while (done.get() < 4 * 500 && callers.stream().anyMatch(t -> t.thread().isAlive())) {
            callers.get(ThreadLocalRandom.current().nextInt(4)).thread().interrupt();
            Thread.yield();
        }
        TestThread.finishAll(callers);
        assertEquals(2 * 9, endpoint.call(9, LONG));
        server.close();
        serving.finish();
    }

    @Test
    void aCheckedExceptionIsAnAnswer() throws Exception {
        IOException refusal = new IOException("no such file");
        TestThread serving =
                TestThread.start(() ->
                        server.serve(request -> {
                            if (request < 0) {
                                throw refusal;
                            }
                            return request;
                        }));
        ServiceException e = assertThrows(ServiceException.class, () -> endpoint.call(-1));
        assertSame(refusal, e.getCause());
        assertEquals(1, endpoint.call(1));
        server.close();
        serving.finish();
    }

    @Test
    void anUncheckedExceptionKillsTheServiceAndEndsItsCalls() throws Exception {
        TestThread serving =
                TestThread.start(() ->
                        assertThrows(
                                ArithmeticException.class,
                                () -> server.serve(request -> 1 / request)));
        ServiceException e = assertThrows(ServiceException.class, () -> endpoint.call(0));
        assertTrue(e.getCause() instanceof ArithmeticException);
        serving.finish();
        assertThrows(ServiceException.class, () -> endpoint.call(1));
    }

    @Test
    void closingEndsCallsAndReceiving() throws Exception {
        TestThread queued =
                TestThread.start(
                        () -> assertThrows(EndpointClosedException.class, () -> endpoint.call(1)));
        Message<Integer, Integer> taken = server.receive();
        TestThread receiver =
                TestThread.start(
                        () -> assertThrows(EndpointClosedException.class, server::receive));
        Thread.sleep(5);
        server.close();
        queued.finish();
        receiver.finish();
        assertFalse(server.reply(taken, 1));
        assertThrows(EndpointClosedException.class, () -> endpoint.call(1));
        assertThrows(EndpointClosedException.class, server::receive);
    }

    /** A thread of its that is late does not take calls that are for the successor. */
    @ParameterizedTest
    @EnumSource(Contract.class)
    void aServerThatHasDiedReceivesNothing(Contract contract) throws Exception {
        for (int round = 0; round < 50; round++) {
            Server<Integer, Integer> first = new Server<>(contract);
            CountDownLatch ready = new CountDownLatch(1);
            TestThread late =
                    TestThread.start(() -> {
                        ready.countDown();
                        assertThrows(EndpointClosedException.class, first::receive);
                    });
            Deadline.await(ready);
            first.abandon(new IllegalStateException("dead"));
            Server<Integer, Integer> next = first.successor();
            TestThread serving = TestThread.start(() -> next.serve(request -> 2 * request));
            assertEquals(8, first.endpoint().call(4, LONG));
            late.finish();
            next.close();
            serving.finish();
        }
    }

    /** Who was given an endpoint in a message can call it. */
    @Test
    void capabilitiesAreHandedOverInMessages() throws Exception {
        Server<String, Endpoint<Integer, Integer>> broker = new Server<>(Contract.FAIL);
        TestThread brokering = TestThread.start(() -> broker.serve(who -> endpoint));
        TestThread serving = serveDoubles();
        assertEquals(8, broker.endpoint().call("me").call(4));
        broker.close();
        server.close();
        brokering.finish();
        serving.finish();
    }

    @Test
    void virtualThreadsCallToo() throws Exception {
        TestThread serving = serveDoubles();
        AtomicInteger right = new AtomicInteger();
        List<Thread> callers =
                IntStream.range(0, 50)
                        .mapToObj(i ->
                                Thread.ofVirtual()
                                        .start(() -> {
                                            try {
                                                if (endpoint.call(i) == 2 * i) {
                                                    right.incrementAndGet();
                                                }
                                            } catch (InterruptedException e) {
                                                throw new AssertionError(e);
                                            }
                                        }))
                        .toList();
        for (Thread caller : callers) {
            caller.join();
        }
        assertEquals(50, right.get());
        server.close();
        serving.finish();
    }

    /** Requests are objects that the collector moves while their callers are in the kernel. */
    @Test
    void theCollectorMovesWhatIsUnderWay() throws Exception {
        Server<byte[], Integer> sums = new Server<>(Contract.FAIL);
        TestThread serving =
                TestThread.start(() ->
                        sums.serve(bytes -> {
                            System.gc();
                            int sum = 0;
                            for (byte b : bytes) {
                                sum += b;
                            }
                            return sum;
                        }));
        for (int i = 0; i < 20; i++) {
            byte[] bytes = new byte[1000];
            Arrays.fill(bytes, (byte) i);
            assertEquals(1000 * i, sums.endpoint().call(bytes));
        }
        sums.close();
        serving.finish();
    }
}
