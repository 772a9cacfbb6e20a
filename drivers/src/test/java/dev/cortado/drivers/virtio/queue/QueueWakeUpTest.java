package dev.cortado.drivers.virtio.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * All orders in which one side gives the other something while that goes to sleep, each with its
 * writes in its store buffer until it fences: what was given is seen, or the sleeper is woken.
 */
final class QueueWakeUpTest {
    private static final int SIZE = 2;

    /** Rounds before, so that the ring is at every place, and of every turn. */
    private static final int ROUNDS = 2 * SIZE;

    private abstract static class Match implements Interleaving.Game {
        final QueueCase setup;
        final VirtQueue[] queue = new VirtQueue[1];
        final DeviceSide[] device = new DeviceSide[1];
        final StoreBuffer driverMemory;
        final StoreBuffer deviceMemory;
        private Runnable driverTurn = () -> {};
        private Runnable deviceTurn = () -> {};
        final BufferChain chain = new BufferChain(2);

        Match(boolean packed, boolean eventIndex, int before) {
            setup = new QueueCase(QueueCase.settings(SIZE, packed, eventIndex, 0));
            driverMemory = new StoreBuffer(setup.memory, () -> driverTurn.run());
            deviceMemory = new StoreBuffer(setup.memory, () -> deviceTurn.run());
            queue[0] = setup.driver(driverMemory);
            device[0] = DeviceSide.of(deviceMemory, queue[0]);
            try {
                for (int i = 0; i < before; i++) {
                    add(i);
                    device[0].use(device[0].next(), 0);
                    assertEquals(i, queue[0].take());
                    drain();
                }
                // Both awake, and the other knows it: what follows is the only word about sleep.
                device[0].stayAwake();
                queue[0].disableInterrupts();
                drain();
            } catch (BrokenQueueException e) {
                throw new AssertionError(e);
            }
        }

        final void add(int token) throws BrokenQueueException {
            assertTrue(queue[0].add(chain.clear().out(0x1000, 1).in(0x2000, 1), token));
            queue[0].publish();
            driverMemory.drain();
        }

        final void drain() {
            driverMemory.drain();
            deviceMemory.drain();
        }

        abstract void driver() throws Exception;

        abstract void device() throws Exception;

        @Override
        public Interleaving.Side[] sides() {
            return new Interleaving.Side[] {
                turn -> {
                    driverTurn = turn;
                    driver();
                    driverTurn = () -> {};
                },
                turn -> {
                    deviceTurn = turn;
                    device();
                    deviceTurn = () -> {};
                }
            };
        }
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void theDeviceSeesWhatIsAddedOrIsNotified(boolean packed, boolean eventIndex)
            throws InterruptedException {
        int schedules = 0;
        for (int before = 0; before < ROUNDS; before++) {
            int rounds = before;
            schedules +=
                    Interleaving.all(() ->
                            new Match(packed, eventIndex, rounds) {
                                private boolean asleep;
                                private int notified;

                                @Override
                                void driver() throws BrokenQueueException {
                                    queue[0].add(chain.clear().in(0x1000, 1), 7);
                                    notified = setup.notifications;
                                    queue[0].publish();
                                }

                                @Override
                                void device() {
                                    device[0].stayAwake();
                                    asleep = device[0].sleep();
                                }

                                @Override
                                public void check() {
                                    drain();
                                    assertTrue(
                                            !asleep || setup.notifications > notified,
                                            "the device sleeps on");
                                    assertTrue(device[0].next() != null);
                                }
                            });
        }
        assertTrue(schedules > 100, "schedules " + schedules);
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void theDriverSeesWhatIsUsedOrIsInterrupted(boolean packed, boolean eventIndex)
            throws InterruptedException {
        int schedules = 0;
        for (int before = 0; before < ROUNDS; before++) {
            int rounds = before;
            schedules +=
                    Interleaving.all(() ->
                            new Match(packed, eventIndex, rounds) {
                                private boolean asleep;
                                private boolean interrupted;
                                private DeviceSide.Chain got;

                                {
                                    try {
                                        add(7);
                                    } catch (BrokenQueueException e) {
                                        throw new AssertionError(e);
                                    }
                                    got = device[0].next();
                                }

                                @Override
                                void driver() {
                                    queue[0].disableInterrupts();
                                    asleep = queue[0].enableInterrupts();
                                }

                                @Override
                                void device() {
                                    interrupted = device[0].use(got, 1);
                                }

                                @Override
                                public void check() {
                                    drain();
                                    assertTrue(!asleep || interrupted, "the driver sleeps on");
                                }
                            });
        }
        assertTrue(schedules > 100, "schedules " + schedules);
    }
}
