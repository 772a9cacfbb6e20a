package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.ipc.Contract;
import dev.cortado.kernel.ipc.Endpoint;
import dev.cortado.kernel.ipc.Message;
import dev.cortado.kernel.ipc.Server;
import dev.cortado.kernel.thread.KernelThread;
import dev.cortado.kernel.thread.KernelThreads;
import dev.cortado.kernel.thread.Parking;
import dev.cortado.kernel.thread.Scheduler;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.graalvm.word.WordFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Calls on one CPU, which caller and server hand to each other. */
final class HandOverTest {
    private static final int CALLS = 2_000;
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(Deadline.SECONDS);

    private final Server<Integer, Integer> server = new Server<>(Contract.FAIL);
    private final Endpoint<Integer, Integer> endpoint = server.endpoint();

    @BeforeAll
    static void inAGuest() {
        Guest.required();
    }

    private static void pin(int processor) {
        KernelThreads.setAffinity(Scheduler.current(), 1L << processor);
    }

    private static TestThread onFirst(TestThread.Body body) {
        return TestThread.start(() -> {
            pin(0);
            body.run();
        });
    }

    private TestThread serveDoubles() {
        return onFirst(() -> server.serve(request -> 2 * request));
    }

    private void callManyTimes() throws Exception {
        for (int i = 0; i < CALLS; i++) {
            assertEquals(2 * i, endpoint.call(i));
        }
    }

    @Test
    void callAndReplyPassNoQueue() throws Exception {
        TestThread serving = serveDoubles();
        long before = Parking.handOvers();
        onFirst(this::callManyTimes).finish();
        long handOvers = Parking.handOvers() - before;
        server.close();
        serving.finish();
        assertTrue(handOvers > CALLS, handOvers + " hand-overs");
    }

    /** Deadlines that do not come: of the caller, of the server, of both. */
    @Test
    void thoseWithDeadlinesDoToo() throws Exception {
        AtomicBoolean nobodyCalls = new AtomicBoolean();
        TestThread serving =
                onFirst(() -> {
                    Message<Integer, Integer> message = server.receive(LONG);
                    while (message.request() >= 0) {
                        int reply = 2 * message.request();
                        if (message.request() % 3 == 0) {
                            server.reply(message, reply);
                            message = server.receive(LONG);
                        } else {
                            message = server.replyAndReceive(message, reply);
                        }
                    }
                    server.reply(message, 0);
                    assertNull(server.receive(SHORT), "its deadline comes after all");
                    nobodyCalls.set(true);
                });
        TestThread calling =
                onFirst(() -> {
                    for (int i = 0; i < CALLS; i++) {
                        int reply = i % 2 == 0 ? endpoint.call(i, LONG) : endpoint.call(i);
                        assertEquals(2 * i, reply);
                    }
                    endpoint.call(-1);
                    Deadline.until("the server's deadline", nobodyCalls::get);
                    long begin = System.nanoTime();
                    assertThrows(TimeoutException.class, () -> endpoint.call(1, SHORT.plus(SHORT)));
                    assertTrue(System.nanoTime() - begin >= SHORT.toNanos());
                });
        calling.finish();
        serving.finish();
    }

    /** A caller whose deadline comes while the server has its CPU, and computes. */
    @Test
    void aDeadlineEndsTheCallWhileItsServerComputes() throws Exception {
        AtomicBoolean late = new AtomicBoolean();
        TestThread serving =
                onFirst(() -> {
                    Message<Integer, Integer> message = server.receive();
                    Deadline.until("timeout", late::get);
                    message = server.replyAndReceive(message, 1);
                    assertEquals(2, message.request());
                    server.reply(message, 3);
                });
        TestThread calling =
                onFirst(() -> {
                    assertThrows(TimeoutException.class, () -> endpoint.call(1, SHORT));
                    late.set(true);
                    assertEquals(3, endpoint.call(2));
                });
        calling.finish();
        serving.finish();
    }

    /** The caller gives up and ends; the server goes on with its work, and with others'. */
    @Test
    void aCallerMayEndWhileItsServerWorksForIt() throws Exception {
        AtomicInteger received = new AtomicInteger();
        AtomicInteger gone = new AtomicInteger();
        TestThread serving =
                onFirst(() -> {
                    Message<Integer, Integer> message = server.receive();
                    while (message.request() >= 0) {
                        int number = received.incrementAndGet();
                        Deadline.until("end of the caller", () -> gone.get() >= number);
                        message = server.replyAndReceive(message, 1);
                    }
                    server.reply(message, 0);
                });
        for (int i = 1; i <= 50; i++) {
            int number = i;
            TestThread calling =
                    onFirst(() ->
                            assertThrows(InterruptedException.class, () -> endpoint.call(number)));
            Deadline.until("call", () -> received.get() == number);
            calling.thread().interrupt();
            calling.finish();
            gone.set(number);
        }
        endpoint.call(-1);
        serving.finish();
    }

    /** A server that is told to run elsewhere while it waits does so from the next call on. */
    @Test
    void aServerThatHasToMoveIsNotHandedTheCpu() throws Exception {
        assumeTrue(Processors.online() > 1, "needs two CPUs");
        AtomicLong address = new AtomicLong();
        CountDownLatch begun = new CountDownLatch(1);
        TestThread serving =
                onFirst(() -> {
                    address.set(Scheduler.current().rawValue());
                    begun.countDown();
                    server.serve(request -> Scheduler.current().getProcessor());
                });
        Deadline.await(begun);
        TestThread calling =
                onFirst(() -> {
                    for (int i = 0; i < 200; i++) {
                        int processor = i % 2;
                        KernelThread thread = WordFactory.pointer(address.get());
                        KernelThreads.setAffinity(thread, 1L << processor);
                        assertEquals(processor, endpoint.call(i));
                        assertEquals(processor, endpoint.call(i));
                    }
                });
        calling.finish();
        server.close();
        serving.finish();
    }

    /** Two that hand the CPU to each other all the time leave their share to a third. */
    @Test
    void thePairLeavesTimeToOthers() throws Exception {
        TestThread serving = serveDoubles();
        AtomicBoolean stop = new AtomicBoolean();
        TestThread calling =
                onFirst(() -> {
                    while (!stop.get()) {
                        assertEquals(2, endpoint.call(1));
                    }
                });
        AtomicInteger turns = new AtomicInteger();
        TestThread third =
                onFirst(() -> {
                    while (!stop.get()) {
                        turns.incrementAndGet();
                        Thread.yield();
                    }
                });
        Deadline.until("turns of the third", () -> turns.get() > 20);
        stop.set(true);
        third.finish();
        calling.finish();
        server.close();
        serving.finish();
    }

    /** Collections begin at any time: before, in and after the switches, and objects move. */
    @Test
    void collectionsFindAllFramesAndWaitForNobody() throws Exception {
        Server<byte[], byte[]> copies = new Server<>(Contract.FAIL);
        TestThread serving = onFirst(() -> copies.serve(byte[]::clone));
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger calls = new AtomicInteger();
        TestThread calling =
                onFirst(() -> {
                    while (!stop.get()) {
                        byte[] bytes = new byte[100];
                        Arrays.fill(bytes, (byte) calls.incrementAndGet());
                        byte[] copy = copies.endpoint().call(bytes);
                        assertEquals(Arrays.hashCode(bytes), Arrays.hashCode(copy));
                    }
                });
        for (int i = 0; i < 30; i++) {
            int before = calls.get();
            System.gc();
            Deadline.until("calls", () -> calls.get() > before);
        }
        stop.set(true);
        calling.finish();
        copies.close();
        serving.finish();
    }

    /** The frames of one who waits in the kernel are there to be seen. */
    @Test
    void theStackOfWhoWaitsIsKnown() throws Exception {
        TestThread calling = onFirst(() -> assertEquals(1, endpoint.call(1)));
        Message<Integer, Integer> message = server.receive();
        String stack = Arrays.toString(calling.thread().getStackTrace());
        server.reply(message, 1);
        calling.finish();
        assertTrue(stack.contains("LocalEndpoint.call("), stack);
        assertTrue(stack.contains("theStackOfWhoWaitsIsKnown"), stack);
    }
}
