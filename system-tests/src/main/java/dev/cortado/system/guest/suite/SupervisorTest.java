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

    /** Threads, kernel memory and heap are as before. */
    @Test
    void aThousandCrashesLeaveNothingBehind() throws Exception {
        SupervisedService<Integer, Integer> divider =
                supervisor.start("divider", Divider::new, Contract.FAIL, AT_ONCE);
        // The first thousand gets the Java heap to the size that it keeps.
        crash(divider, 1_000);
        int threads = Thread.activeCount();
        long heap = usedHeap();
        long kernel = kernelMemory();
        long free = Memory.freeBytes();
        crash(divider, 1_000);
        assertTrue(Math.abs(Thread.activeCount() - threads) <= 1);
        assertAtMost(100_000, usedHeap() - heap, "heap");
        assertAtMost(100_000, kernelMemory() - kernel, "kernel's memory");
        assertAtMost(4 << 20, free - Memory.freeBytes(), "memory taken from the machine");
        assertEquals(100, divider.endpoint().call(1));
        divider.stop();
        assertTrue(divider.awaitEnd(LONG));
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

    private static void assertAtMost(long limit, long growth, String what) {
        assertTrue(growth <= limit, () -> what + " grew by " + growth);
    }

    /** Control blocks, message slots and the like, and page tables. */
    private static long kernelMemory() {
        return Memory.kernelHeapBytes() + Memory.pageTableBytes();
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
