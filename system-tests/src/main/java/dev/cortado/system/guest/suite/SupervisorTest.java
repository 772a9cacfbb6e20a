package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.kernel.ipc.Contract;
import dev.cortado.kernel.ipc.EndpointClosedException;
import dev.cortado.kernel.ipc.RestartPolicy;
import dev.cortado.kernel.ipc.Server;
import dev.cortado.kernel.ipc.Service;
import dev.cortado.kernel.ipc.ServiceException;
import dev.cortado.kernel.ipc.ServiceListener;
import dev.cortado.kernel.ipc.SupervisedService;
import dev.cortado.kernel.ipc.Supervisor;
import dev.cortado.kernel.memory.Memory;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Services that die and are started again. */
final class SupervisorTest implements ServiceListener {
    private static final Duration LONG = Duration.ofSeconds(Deadline.SECONDS);
    private static final Duration FOREVER = Duration.ofDays(1000);
    private static final RestartPolicy AT_ONCE =
            new RestartPolicy(Integer.MAX_VALUE, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final Supervisor supervisor = new Supervisor(this);

    /** Divides 100 by what it is asked, and dies of a 0. */
    private static final class Divider implements Service<Integer, Integer> {
        @Override
        public void run(Server<Integer, Integer> server) throws Exception {
            server.serve(request -> 100 / request);
        }
    }

    @BeforeAll
    static void inAGuest() {
        Guest.required();
    }

    @Override
    public void died(String service, Throwable cause, Duration restartIn) {
        events.add(service + " died: " + cause.getMessage());
    }

    @Override
    public void restarted(String service) {
        events.add(service + " restarted");
    }

    @Override
    public void gaveUp(String service, Throwable cause) {
        events.add(service + " given up");
    }

    @Test
    void aServiceThatThrowsIsStartedAgainAndItsCallFails() throws Exception {
        RestartPolicy policy =
                new RestartPolicy(3, LONG, Duration.ofMillis(1), Duration.ofMillis(10));
        SupervisedService<Integer, Integer> divider =
                supervisor.start("divider", Divider::new, Contract.FAIL, policy);
        assertEquals(50, divider.endpoint().call(2));
        ServiceException e = assertThrows(ServiceException.class, () -> divider.endpoint().call(0));
        assertTrue(e.getCause() instanceof ArithmeticException);
        Deadline.until("restart", () -> divider.restarts() == 1);
        assertEquals(25, divider.endpoint().call(4));
        divider.stop();
        assertTrue(divider.awaitEnd(LONG));
        assertThrows(EndpointClosedException.class, () -> divider.endpoint().call(1));
        assertEquals(List.of("divider died: / by zero", "divider restarted"), events);
    }

    @Test
    void aCallInFlightIsAnsweredAfterTheRestartIfItsContractSaysSo() throws Exception {
        AtomicInteger lives = new AtomicInteger();
        SupervisedService<Integer, Integer> service =
                supervisor.start(
                        "late",
                        () ->
                                server -> {
                                    int life = lives.incrementAndGet();
                                    server.serve(request -> {
                                        if (life < 3) {
                                            throw new IllegalStateException("too young");
                                        }
                                        return request + life;
                                    });
                                },
                        Contract.RETRY,
                        RestartPolicy.usual());
        assertEquals(13, service.endpoint().call(10, LONG));
        assertEquals(2, service.restarts());
        service.stop();
        assertTrue(service.awaitEnd(LONG));
    }

    @Test
    void aServiceDoesNotWaitForItself() throws Exception {
        AtomicReference<SupervisedService<Integer, Integer>> itself = new AtomicReference<>();
        SupervisedService<Integer, Integer> service =
                supervisor.start(
                        "suicidal",
                        () ->
                                server ->
                                        server.serve(request -> {
                                            itself.get().stop();
                                            boolean ended =
                                                    itself.get().awaitEndUninterruptibly(FOREVER);
                                            events.add("ended: " + ended);
                                            return request;
                                        }),
                        Contract.FAIL,
                        AT_ONCE);
        itself.set(service);
        assertThrows(EndpointClosedException.class, () -> service.endpoint().call(1, LONG));
        assertTrue(service.awaitEnd(LONG));
        assertEquals(List.of("ended: false"), events);
    }

    @Test
    void interruptsDoNotProlongAWaitForTheEnd() throws Exception {
        SupervisedService<Integer, Integer> service =
                supervisor.start("immortal", Divider::new, Contract.FAIL, AT_ONCE);
        AtomicBoolean over = new AtomicBoolean();
        Thread waiter =
                Thread.ofPlatform()
                        .start(() -> {
                            Duration patience = Duration.ofMillis(50);
                            over.set(!service.awaitEndUninterruptibly(patience));
                        });
        Deadline.until(
                "the end of a wait",
                () -> {
                    waiter.interrupt();
                    return over.get();
                });
        waiter.join();
        service.stop();
        assertTrue(service.awaitEnd(LONG));
    }

    @Test
    void beyondTheLimitItIsGivenUpAndItsUsersAreTold() throws Exception {
        RestartPolicy policy = new RestartPolicy(2, LONG, Duration.ZERO, Duration.ZERO);
        for (Contract contract : Contract.values()) {
            events.clear();
            SupervisedService<Integer, Integer> service =
                    supervisor.start(
                            "doomed",
                            () ->
                                    server -> {
                                        server.receive();
                                        throw new IllegalStateException("again");
                                    },
                            contract,
                            policy);
            while (events.stream().noneMatch("doomed given up"::equals)) {
                assertThrows(ServiceException.class, () -> service.endpoint().call(1, LONG));
            }
            assertTrue(service.awaitEnd(LONG));
            assertEquals(2, service.restarts());
            assertThrows(ServiceException.class, () -> service.endpoint().call(1, LONG));
        }
    }

    /** The next life begins, and the last death is told again until that has been done. */
    @Test
    void aListenerWithoutMemoryEndsNothing() throws Exception {
        AtomicInteger missing = new AtomicInteger();
        ServiceListener listener =
                new ServiceListener() {
                    @Override
                    public void died(String service, Throwable cause, Duration restartIn) {
                        SupervisorTest.this.died(service, cause, restartIn);
                        miss();
                    }

                    @Override
                    public void restarted(String service) {
                        SupervisorTest.this.restarted(service);
                    }

                    @Override
                    public void gaveUp(String service, Throwable cause) {
                        SupervisorTest.this.gaveUp(service, cause);
                        miss();
                    }

                    private void miss() {
                        if (missing.incrementAndGet() <= 2) {
                            throw new OutOfMemoryError("as if");
                        }
                    }
                };
        RestartPolicy once = new RestartPolicy(1, LONG, Duration.ZERO, Duration.ZERO);
        SupervisedService<Integer, Integer> divider =
                new Supervisor(listener).start("divider", Divider::new, Contract.FAIL, once);
        assertThrows(ServiceException.class, () -> divider.endpoint().call(0, LONG));
        Deadline.until("restart", () -> divider.restarts() == 1);
        assertEquals(25, divider.endpoint().call(4, LONG));
        assertThrows(ServiceException.class, () -> divider.endpoint().call(0, LONG));
        assertTrue(divider.awaitEnd(LONG));
        assertEquals(
                List.of(
                        "divider died: / by zero",
                        "divider restarted",
                        "divider given up",
                        "divider given up"),
                events);
    }

    /**
     * Nothing of a life outlives it but the next one, and threads, kernel memory and heap are after
     * three thousand crashes as before. The limits are for what heap and tables grow by once, and
     * far below what the smallest thing of a life would take if a tenth of them left it behind.
     */
    @Test
    void thousandsOfCrashesLeaveNothingBehind() throws Exception {
        List<WeakReference<Object>> remains = Collections.synchronizedList(new ArrayList<>());
        SupervisedService<Integer, Integer> divider =
                supervisor.start(
                        "divider",
                        () -> {
                            Divider life = new Divider();
                            remains.add(new WeakReference<>(life));
                            remains.add(new WeakReference<>(Thread.currentThread()));
                            return life;
                        },
                        Contract.FAIL,
                        AT_ONCE);
        crash(divider, 1_000); // until heap, stacks and tables have their size
        awaitEndOfOtherLives(remains);
        Usage before = Usage.now();
        for (int round = 0; round < 3; round++) {
            crash(divider, 1_000);
            awaitEndOfOtherLives(remains);
        }
        assertEquals(List.of(), Usage.now().growthSince(before));
        assertEquals(100, divider.endpoint().call(1));
        divider.stop();
        assertTrue(divider.awaitEnd(LONG));
    }

    /** Until only the service and the thread of the life that goes on are left. */
    private static void awaitEndOfOtherLives(List<WeakReference<Object>> remains) {
        Deadline.until(
                "the end of all lives but the last",
                () -> {
                    System.gc();
                    remains.removeIf(remain -> remain.refersTo(null));
                    return remains.size() <= 2;
                });
    }

    /**
     * What there is, in bytes.
     *
     * @param kernel control blocks, message slots and the like
     * @param free frames that neither the kernel nor a stack has. What the collector keeps for
     *     later counts as free: how much that is depends on what the tests before have done.
     */
    private record Usage(int threads, long heap, long kernel, long free) {
        /** The collector counts chunks of that many bytes, however little is in the last one. */
        private static final long CHUNK = 256 * 1024;

        static Usage now() {
            for (int i = 0; i < 3; i++) {
                System.gc(); // what is young becomes old, and then is compacted
            }
            MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
            return new Usage(
                    Thread.activeCount(),
                    heap.getUsed(),
                    Memory.kernelHeapBytes(),
                    Memory.freeBytes() + heap.getCommitted());
        }

        List<String> growthSince(Usage before) {
            List<String> growth = new ArrayList<>();
            more(growth, "threads", threads - before.threads, 0);
            more(growth, "heap", heap - before.heap, CHUNK);
            more(growth, "kernel memory", kernel - before.kernel, 32 * 1024);
            more(growth, "memory besides the heap", before.free - free, 2 << 20);
            return growth;
        }

        private static void more(List<String> growth, String what, long amount, long limit) {
            if (amount > limit) {
                growth.add(what + " grew by " + amount);
            }
        }
    }

    private void crash(SupervisedService<Integer, Integer> divider, int times) throws Exception {
        int before = divider.restarts();
        for (int i = 1; i <= times; i++) {
            assertThrows(ServiceException.class, () -> divider.endpoint().call(0, LONG));
            int restarts = before + i;
            Deadline.until("restart", () -> divider.restarts() == restarts);
        }
        events.clear();
    }
}
