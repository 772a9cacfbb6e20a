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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Services that die and are started again. */
final class SupervisorTest implements ServiceListener {
    private static final Duration LONG = Duration.ofSeconds(Deadline.SECONDS);
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

    /**
     * Threads, kernel memory and heap are after a thousand crashes as before. The first thousands
     * may get heap and page tables to the size that they keep; a leak would show each time.
     */
    @Test
    void aThousandCrashesLeaveNothingBehind() throws Exception {
        SupervisedService<Integer, Integer> divider =
                supervisor.start("divider", Divider::new, Contract.FAIL, AT_ONCE);
        crash(divider, 1_000);
        List<String> growth = List.of("not yet known");
        for (int round = 0; round < 4 && !growth.isEmpty(); round++) {
            Usage before = Usage.now();
            crash(divider, 1_000);
            growth = Usage.now().growthSince(before);
        }
        assertEquals(List.of(), growth);
        assertEquals(100, divider.endpoint().call(1));
        divider.stop();
        assertTrue(divider.awaitEnd(LONG));
    }

    /**
     * What there is, in bytes.
     *
     * @param kernel control blocks, message slots and the like, and page tables
     * @param free frames that nobody has
     */
    private record Usage(int threads, long heap, long kernel, long free) {
        static Usage now() {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            return new Usage(
                    Thread.activeCount(),
                    runtime.totalMemory() - runtime.freeMemory(),
                    Memory.kernelHeapBytes() + Memory.pageTableBytes(),
                    Memory.freeBytes());
        }

        List<String> growthSince(Usage before) {
            List<String> growth = new ArrayList<>();
            more(growth, "threads", threads - before.threads, 1);
            more(growth, "heap", heap - before.heap, 100_000);
            more(growth, "kernel memory", kernel - before.kernel, 100_000);
            more(growth, "memory", before.free - free, 4 << 20);
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
