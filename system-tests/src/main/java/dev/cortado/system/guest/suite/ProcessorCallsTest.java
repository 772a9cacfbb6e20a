package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.ipc.Contract;
import dev.cortado.kernel.ipc.Endpoint;
import dev.cortado.kernel.ipc.EndpointClosedException;
import dev.cortado.kernel.ipc.Message;
import dev.cortado.kernel.ipc.Notification;
import dev.cortado.kernel.ipc.Server;
import dev.cortado.kernel.message.Spin;
import dev.cortado.kernel.thread.KernelThreads;
import dev.cortado.kernel.thread.Scheduler;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Calls between threads that run on different CPUs, where who waits looks before it blocks. */
final class ProcessorCallsTest {
    private static final int CALLS = 2_000;
    private static final Duration VERY_SHORT = Duration.ofNanos(5_000);

    private final Server<Integer, Integer> server = new Server<>(Contract.FAIL);
    private final Endpoint<Integer, Integer> endpoint = server.endpoint();

    @BeforeAll
    static void inAGuest() {
        Guest.required();
    }

    private static TestThread on(int processor, TestThread.Body body) {
        return TestThread.start(() -> {
            KernelThreads.setAffinity(Scheduler.current(), 1L << processor);
            body.run();
        });
    }

    private static void needTwoProcessors() {
        assumeTrue(Processors.online() > 1, "needs two CPUs");
    }

    @Test
    void repliesAreThoseOfTheCalls() throws Exception {
        needTwoProcessors();
        long before = Spin.count();
        TestThread serving = on(1, () -> server.serve(request -> 2 * request));
        TestThread calling =
                on(
                        0,
                        () -> {
                            for (int i = 0; i < CALLS; i++) {
                                assertEquals(2 * i, endpoint.call(i));
                            }
                        });
        calling.finish();
        server.close();
        serving.finish();
        assertTrue(Spin.count() > before, "nobody has looked before it blocked");
    }

    @Test
    void onOneProcessorNobodyLooks() throws Exception {
        assumeTrue(Processors.online() == 1, "others may look meanwhile");
        TestThread serving = on(0, () -> server.serve(request -> 2 * request));
        for (int i = 0; i < CALLS; i++) {
            assertEquals(2 * i, endpoint.call(i));
        }
        server.close();
        serving.finish();
        assertEquals(0, Spin.count());
    }

    /** The reply comes about when the caller gives up: it is one or the other. */
    @Test
    void timeoutsWhileLookingLoseNoCall() throws Exception {
        needTwoProcessors();
        TestThread serving = on(1, () -> server.serve(request -> request + 1));
        TestThread calling =
                on(
                        0,
                        () -> {
                            for (int i = 0; i < CALLS; i++) {
                                try {
                                    assertEquals(i + 1, endpoint.call(i, VERY_SHORT));
                                } catch (TimeoutException e) {
                                    assertEquals(i + 1, endpoint.call(i));
                                }
                            }
                        });
        calling.finish();
        server.close();
        serving.finish();
    }

    @Test
    void anInterruptEndsTheWaitOfOneWhoLooks() throws Exception {
        needTwoProcessors();
        AtomicBoolean done = new AtomicBoolean();
        TestThread serving = on(1, () -> server.serve(request -> request + 1));
        TestThread calling =
                on(
                        0,
                        () -> {
                            int interrupts = 0;
                            for (int i = 0; interrupts < 200; i++) {
                                try {
                                    assertEquals(i + 1, endpoint.call(i));
                                } catch (InterruptedException e) {
                                    interrupts++;
                                }
                            }
                            done.set(true);
                        });
        while (!done.get() && calling.thread().isAlive()) {
            calling.thread().interrupt();
            Thread.yield();
        }
        calling.finish();
        server.close();
        serving.finish();
    }

    @Test
    void closingEndsTheWaitOfOneWhoLooks() throws Exception {
        needTwoProcessors();
        for (int round = 0; round < 100; round++) {
            Server<Integer, Integer> closed = new Server<>(Contract.FAIL);
            TestThread serving =
                    on(
                            1,
                            () -> {
                                Message<Integer, Integer> message = closed.receive();
                                for (int i = 0; i < 20; i++) {
                                    message = closed.replyAndReceive(message, message.request());
                                }
                                closed.close();
                            });
            TestThread calling =
                    on(
                            0,
                            () -> {
                                for (int i = 0; i < 20; i++) {
                                    assertEquals(i, closed.endpoint().call(i));
                                }
                                assertThrows(
                                        EndpointClosedException.class,
                                        () -> closed.endpoint().call(20));
                            });
            calling.finish();
            serving.finish();
        }
    }

    @Test
    void noSignalIsLost() throws Exception {
        needTwoProcessors();
        Notification there = new Notification();
        Notification back = new Notification();
        TestThread answering =
                on(
                        1,
                        () -> {
                            while (there.await(Notification.ANY) == 1) {
                                back.signal(1);
                            }
                        });
        TestThread asking =
                on(
                        0,
                        () -> {
                            for (int i = 0; i < CALLS; i++) {
                                there.signal(1);
                                assertEquals(1, back.await(Notification.ANY));
                            }
                            there.signal(2);
                        });
        asking.finish();
        answering.finish();
    }
}
