package dev.cortado.drivers.block.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.block.BufferInUseException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class RequestTableTest {
    private static final long PATIENCE = 20_000_000_000L;

    private final List<String> events = new ArrayList<>();
    private final BlockingQueue<Integer> submitted = new LinkedBlockingQueue<>();
    private boolean stops = true;
    private final RequestGroup group =
            new RequestGroup("device", PATIENCE, this::stop, () -> note("failed"));
    private final RequestTable table = group.table(2);

    private synchronized void note(String event) {
        events.add(event);
    }

    private synchronized List<String> events() {
        return List.copyOf(events);
    }

    private void stop() throws IOException {
        note("stopped");
        if (!stops) {
            throw new IOException("it does not stop");
        }
    }

    /** Makes a request in a thread of its own; notes how it ends. */
    private Thread request(String name, boolean isAlone) {
        return Thread.ofVirtual()
                .start(() -> {
                    try {
                        RequestTable.Conclusion<Void> end =
                                (slot, answer) -> {
                                    note(name + answer);
                                    return null;
                                };
                        if (isAlone) {
                            table.runAlone(submitted::add, end);
                        } else {
                            table.run(submitted::add, end);
                        }
                    } catch (IOException e) {
                        note(name + e.getMessage());
                    }
                });
    }

    private void answer(int slot, long answer) {
        table.serve(() -> table.finish(slot, answer));
    }

    @Test
    void eachRequestGetsItsAnswer() throws InterruptedException {
        Thread one = request("one ", false);
        int first = submitted.take();
        Thread two = request("two ", false);
        int second = submitted.take();
        answer(second, 22);
        two.join();
        answer(first, 11);
        one.join();
        assertEquals(List.of("two 22", "one 11"), events());
    }

    @Test
    void anAnswerForNobodyIsTheEnd() {
        answer(1, 5);
        assertFalse(group.isAlive());
        assertEquals(List.of("stopped", "failed"), events());
        IOException error =
                assertThrows(
                        IOException.class, () -> table.run(slot -> {}, (slot, answer) -> null));
        assertEquals("device: an answer to request 1, which nobody waits for", error.getMessage());
    }

    @Test
    void anAnswerTwiceIsTheEnd() throws InterruptedException {
        Thread one = request("one ", false);
        int slot = submitted.take();
        table.serve(() -> {
            table.finish(slot, 1);
            table.finish(slot, 2);
        });
        one.join();
        assertFalse(group.isAlive());
    }

    /** A slot is its request's until its answer is asked for, whenever that has come. */
    @Test
    void whoDoesNotWaitForASlotIsToldThatThereIsNone() throws Exception {
        Request<Long> one = table.begin(submitted::add, (slot, answer) -> answer, false);
        Request<Long> two = table.begin(submitted::add, (slot, answer) -> answer, false);
        answer(submitted.take(), 11);
        assertNull(table.begin(submitted::add, (slot, answer) -> answer, false));
        assertEquals(11, one.await());
        Request<Long> three = table.begin(submitted::add, (slot, answer) -> answer, false);
        answer(submitted.take(), 22);
        answer(submitted.take(), 33);
        assertEquals(33, three.await());
        assertEquals(22, two.await());
    }

    @Test
    void whatCouldNotBeSubmittedLeavesItsSlot() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThrows(
                    IOException.class,
                    () ->
                            table.begin(
                                    slot -> {
                                        throw new IOException("full");
                                    },
                                    (slot, answer) -> answer,
                                    false));
        }
        assertNotNull(table.begin(submitted::add, (slot, answer) -> answer, false));
    }

    /** Only when the device was stopped: the buffer is its owner's from then on. */
    @Test
    void whoWaitsHearsOfTheEndAfterTheStop() throws InterruptedException {
        Thread one = request("one: ", false);
        submitted.take();
        group.fail(new IOException("broken"));
        one.join();
        assertEquals("stopped", events().getFirst());
        assertTrue(events().contains("one: broken"));
    }

    @Test
    void aDeviceThatDoesNotStopKeepsItsBuffers() throws InterruptedException {
        stops = false;
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread one =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                table.run(submitted::add, (slot, answer) -> null);
                            } catch (IOException e) {
                                end.set(e);
                            }
                        });
        submitted.take();
        group.close();
        one.join();
        assertTrue(BufferInUseException.isIn(end.get()));
    }

    /** Whatever keeps it from being stopped. */
    @Test
    void whoWaitsHearsOfAStopThatFailed() throws InterruptedException {
        RequestGroup unstoppable =
                new RequestGroup(
                        "device",
                        PATIENCE,
                        () -> {
                            throw new IllegalStateException("no registers");
                        },
                        () -> note("failed"));
        RequestTable own = unstoppable.table(1);
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread one =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                own.run(submitted::add, (slot, answer) -> null);
                            } catch (IOException e) {
                                end.set(e);
                            }
                        });
        submitted.take();
        unstoppable.close();
        one.join();
        assertTrue(BufferInUseException.isIn(end.get()));
        assertEquals(List.of("failed"), events());
    }

    /** It begins when all others are done, and none begins before it is. */
    @Test
    void whoWantsToBeAloneIs() throws InterruptedException {
        Thread one = request("one ", false);
        int first = submitted.take();
        Thread two = request("two ", true);
        while (two.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        Thread three = request("three ", false);
        while (three.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertTrue(submitted.isEmpty());
        answer(first, 1);
        int second = submitted.take();
        one.join();
        assertTrue(submitted.isEmpty());
        answer(second, 2);
        answer(submitted.take(), 3);
        two.join();
        three.join();
        assertEquals(List.of("one 1", "two 2", "three 3"), events());
    }
}
