package dev.cortado.kernel.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.kernel.memory.HostMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RendezvousTest {
    private static final int CPUS = 3;

    private final Rendezvous meeting = new Rendezvous(new HostMemory(Rendezvous.bytes(CPUS)));

    @BeforeEach
    void place() {
        meeting.setAddress(HostMemory.BASE);
    }

    @Test
    void allComeAndLearnThatItWasDone() {
        meeting.call();
        assertFalse(meeting.isComplete(CPUS, 0));
        int second = meeting.enter(1);
        int third = meeting.enter(2);
        assertTrue(meeting.isComplete(CPUS, 0));
        assertFalse(meeting.hasEnded(second));
        meeting.end(true);
        assertTrue(meeting.hasEnded(second) && meeting.wasDone(second));
        assertTrue(meeting.hasEnded(third) && meeting.wasDone(third));
    }

    /** The hypervisor lets it go on long after the others, and it finishes all the same. */
    @Test
    void whoIsAwayWhenItEndsLearnsThatItWasDone() {
        meeting.call();
        int late = meeting.enter(1);
        meeting.enter(2);
        meeting.end(true);
        meeting.leave(2);
        assertFalse(meeting.isEmpty(CPUS), "the next call has to wait");
        assertTrue(meeting.hasEnded(late));
        assertTrue(meeting.wasDone(late));
        meeting.leave(1);
        assertTrue(meeting.isEmpty(CPUS));
    }

    @Test
    void whoComesAfterTheEndHasNothingToDo() {
        meeting.call();
        meeting.end(false);
        assertEquals(0, meeting.enter(1));
        assertTrue(meeting.isEmpty(CPUS));
    }

    @Test
    void whatWasGivenUpIsNotFinished() {
        meeting.call();
        int one = meeting.enter(1);
        meeting.end(false);
        assertTrue(meeting.hasEnded(one));
        assertFalse(meeting.wasDone(one));
    }

    /** It looked at an earlier call, which was given up while it came. */
    @Test
    void whoComesForAnEarlierCallIsNotCountedForTheNext() {
        meeting.call();
        int earlier = meeting.enter(1);
        meeting.end(false);
        meeting.leave(1);
        meeting.call();
        assertFalse(meeting.isComplete(CPUS, 0));
        assertNotEquals(earlier, meeting.enter(1));
    }

    /** With threads for CPUs: each does the finishing of each call once. */
    @Test
    void everyCpuFinishesEveryCallOnce() throws InterruptedException {
        int calls = 500;
        AtomicLong interrupts = new AtomicLong();
        AtomicInteger finished = new AtomicInteger();
        List<Thread> others = new ArrayList<>();
        for (int cpu = 1; cpu < CPUS; cpu++) {
            int self = cpu;
            Thread other =
                    new Thread(() -> {
                        for (long seen = 0; seen < calls; seen++) {
                            while (interrupts.get() == seen) {
                                Thread.yield();
                            }
                            int call = meeting.enter(self);
                            while (!meeting.hasEnded(call)) {
                                Thread.yield();
                            }
                            if (meeting.wasDone(call)) {
                                finished.incrementAndGet();
                            }
                            meeting.leave(self);
                        }
                    });
            other.setDaemon(true);
            other.start();
            others.add(other);
        }
        for (int i = 1; i <= calls; i++) {
            while (!meeting.isEmpty(CPUS)) {
                Thread.yield();
            }
            meeting.call();
            interrupts.set(i);
            while (!meeting.isComplete(CPUS, 0)) {
                Thread.yield();
            }
            meeting.end(true);
        }
        for (Thread other : others) {
            other.join(60_000);
        }
        assertEquals(calls * (CPUS - 1), finished.get());
    }
}
