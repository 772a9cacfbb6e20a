package dev.cortado.drivers.virtio.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Driver and honest device take turns of chance: what was added arrives as it was, once; what was
 * used comes back with its token and length; who sleeps is woken, and nobody who did not ask.
 */
final class QueuePropertyTest {
    private record Sent(int token, List<DeviceSide.Part> parts) {}

    private record Back(int token, long written) {}

    private static final class Game {
        final Random random;
        final QueueCase setup;
        final VirtQueue queue;
        final DeviceSide device;
        final BufferChain chain;
        final int longest;
        final Deque<Sent> available = new ArrayDeque<>();
        final Map<DeviceSide.Chain, Integer> held = new HashMap<>();
        final List<DeviceSide.Chain> order = new ArrayList<>();
        final Deque<Back> used = new ArrayDeque<>();
        int nextToken;
        int freeExpected;

        // In chains of a split queue, in descriptors of a packed one.
        long added;
        long published;
        long deviceTook;

        /** What the device asked to be notified of last, and whether it still wants to be. */
        long event;

        boolean deviceAsks;
        boolean deviceSleeps;
        boolean deviceWoken;
        boolean driverSleeps;
        boolean driverWoken;
        long taken;

        Game(QueueSettings settings, long seed) {
            random = new Random(seed);
            setup = new QueueCase(settings);
            queue = setup.driver();
            device = setup.device(queue);
            longest = Math.min(settings.size(), Math.max(6, settings.indirect() + 2));
            chain = new BufferChain(longest);
            freeExpected = settings.size();
            deviceSleeps();
        }

        void add() throws BrokenQueueException {
            int count = 1 + random.nextInt(random.nextInt(longest) + 1);
            int readable = random.nextInt(count + 1);
            List<DeviceSide.Part> parts = new ArrayList<>(count);
            chain.clear();
            for (int i = 0; i < count; i++) {
                long address = random.nextLong();
                int length = 1 + random.nextInt(1 << 20);
                parts.add(new DeviceSide.Part(address, length, i >= readable));
                if (i < readable) {
                    chain.out(address, length);
                } else {
                    chain.in(address, length);
                }
            }
            boolean room = queue.needed(count) <= freeExpected;
            assertEquals(room, queue.hasRoom(count));
            assertEquals(room, queue.add(chain, nextToken));
            if (room) {
                freeExpected -= queue.needed(count);
                added += setup.settings.packed() ? queue.needed(count) : 1;
                available.add(new Sent(nextToken, parts));
                nextToken = nextToken + 1 & 0x7fff_ffff;
            }
        }

        void publish() {
            int before = setup.notifications;
            queue.publish();
            boolean notified = setup.notifications > before;
            assertEquals(isNotificationAsked(), notified);
            deviceWoken |= notified;
            published = added;
            assertFalse(
                    deviceSleeps && !deviceWoken && !available.isEmpty(), "the device sleeps on");
        }

        /** As the specification says it: one of what was added is what the event says. */
        private boolean isNotificationAsked() {
            if (!setup.settings.eventIndex() || !deviceAsks) {
                return deviceAsks && added > published;
            }
            int turns = setup.settings.packed() ? 2 * setup.settings.size() : 1 << 16;
            return Math.floorMod(event - published, turns) < added - published;
        }

        void deviceTakes() {
            if (deviceSleeps) {
                if (!deviceWoken) {
                    return;
                }
                deviceSleeps = false;
                if (random.nextBoolean()) {
                    device.stayAwake();
                    // Without a flag, the event that it asked for last stays.
                    deviceAsks &= setup.settings.eventIndex() && !setup.settings.packed();
                }
            }
            DeviceSide.Chain got = device.next();
            if (available.isEmpty()) {
                assertEquals(null, got);
                return;
            }
            assertNotNull(got);
            Sent expected = available.remove();
            assertEquals(expected.parts(), got.parts());
            held.put(got, expected.token());
            deviceTook += setup.settings.packed() ? got.descriptors() : 1;
            order.add(got);
        }

        void deviceUses() {
            if (order.isEmpty()) {
                return;
            }
            DeviceSide.Chain done = order.remove(random.nextInt(order.size()));
            int written = (int) Math.min(done.writableBytes(), random.nextInt(1 << 21));
            if (device.use(done, written)) {
                driverWoken = true;
            }
            used.add(new Back(held.remove(done), written));
            assertFalse(driverSleeps && !driverWoken, "the driver sleeps on");
        }

        void deviceSleeps() {
            if (!deviceSleeps && available.isEmpty()) {
                assertTrue(device.sleep());
                asks();
                deviceSleeps = true;
                deviceWoken = false;
            } else if (!deviceSleeps) {
                assertFalse(device.sleep());
                asks();
            }
        }

        private void asks() {
            deviceAsks = true;
            event = deviceTook;
        }

        void driverTakes() throws BrokenQueueException {
            int free = queue.free();
            int token = queue.take();
            if (used.isEmpty()) {
                assertEquals(VirtQueue.NONE, token);
                return;
            }
            driverSleeps = false;
            Back expected = used.remove();
            assertEquals(expected.token(), token);
            assertEquals(expected.written(), queue.written());
            freeExpected += queue.free() - free;
            taken++;
        }

        void driverSleeps() {
            if (random.nextBoolean()) {
                queue.disableInterrupts();
            }
            boolean nothing = queue.enableInterrupts();
            assertEquals(used.isEmpty(), nothing);
            driverSleeps = nothing;
            driverWoken = false;
        }

        void run(int steps) throws BrokenQueueException {
            int phase = 0;
            for (int i = 0; i < steps; i++) {
                if (i % 500 == 0) {
                    phase = random.nextInt(3); // filling, emptying, both
                }
                int what = random.nextInt(16);
                if (what < 5) {
                    if (phase != 1) {
                        add();
                        if (random.nextInt(3) > 0) {
                            publish();
                        }
                    }
                } else if (what < 8) {
                    deviceTakes();
                } else if (what < 11) {
                    if (phase != 0) {
                        deviceUses();
                    }
                } else if (what < 14) {
                    driverTakes();
                } else if (what == 14) {
                    publish();
                    deviceSleeps();
                } else {
                    driverSleeps();
                }
            }
            drain();
        }

        private void drain() throws BrokenQueueException {
            publish();
            deviceWoken = true;
            while (!available.isEmpty()) {
                deviceTakes();
            }
            while (!order.isEmpty()) {
                deviceUses();
            }
            while (!used.isEmpty()) {
                driverTakes();
            }
            assertEquals(0, queue.outstanding());
            assertEquals(setup.settings.size(), queue.free());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, false",
        "2, false",
        "4, false",
        "64, false",
        "256, false",
        "32768, false",
        "1, true",
        "2, true",
        "3, true",
        "7, true",
        "64, true",
        "1000, true",
        "32768, true",
    })
    void whatIsSentArrivesOnceAndWhoSleepsIsWoken(int size, boolean packed)
            throws BrokenQueueException {
        for (int features = 0; features < 4; features++) {
            int indirect = (features & 1) == 0 ? 0 : Math.min(size, 8);
            QueueSettings settings =
                    QueueCase.settings(size, packed, (features & 2) != 0, indirect);
            new Game(settings, 31L * size + features).run(size > 10_000 ? 60_000 : 40_000);
        }
    }

    /** Indices have 16 bits: a queue of one, of two and of eight beyond three times that. */
    @ParameterizedTest
    @CsvSource({"1, false", "8, false", "1, true", "3, true"})
    void indicesWrap(int size, boolean packed) throws BrokenQueueException {
        QueueCase setup = new QueueCase(QueueCase.settings(size, packed, true, 0));
        VirtQueue queue = setup.driver();
        DeviceSide device = setup.device(queue);
        BufferChain chain = new BufferChain(1);
        boolean polling = false;
        for (int i = 0; i < 220_000; i++) {
            polling = i >= 10_000 && i < 150_000; // twice around
            assertTrue(polling || device.sleep() && queue.enableInterrupts());
            int before = setup.notifications;
            assertTrue(queue.add(chain.clear().in(0x1000 + i, 8), i));
            queue.publish();
            assertTrue(polling || setup.notifications == before + 1, "lost at " + i);
            // What the device asked for last comes by again after 2^16; nothing else is told.
            assertFalse(
                    polling && !packed && setup.notifications > before && (i & 0xffff) != 9_999,
                    "not asked for, at " + i);
            DeviceSide.Chain got = device.next();
            assertEquals(0x1000 + i, got.parts().get(0).address());
            boolean interrupt = device.use(got, 8);
            assertTrue(polling || interrupt, "lost at " + i);
            assertFalse(polling && interrupt, "not asked for, at " + i);
            assertEquals(i, queue.take());
            if (polling) {
                queue.disableInterrupts();
            }
        }
    }

    /** A batch is one notification, and none if the device is awake. */
    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void aBatchIsOneNotification(boolean packed, boolean eventIndex) throws BrokenQueueException {
        QueueCase setup = new QueueCase(QueueCase.settings(16, packed, eventIndex, 0));
        VirtQueue queue = setup.driver();
        DeviceSide device = setup.device(queue);
        BufferChain chain = new BufferChain(1);
        assertTrue(device.sleep());
        for (int i = 0; i < 8; i++) {
            queue.add(chain.clear().out(i, 1), i);
        }
        queue.publish();
        queue.publish();
        assertEquals(1, setup.notifications);
        device.stayAwake();
        queue.add(chain.clear().out(8, 1), 8);
        queue.publish();
        assertEquals(1, setup.notifications);
    }

    @Test
    void manyBatchesUnpublishedAreNotForgotten() throws BrokenQueueException {
        QueueCase setup = new QueueCase(QueueCase.settings(4, false, true, 0));
        VirtQueue queue = setup.driver();
        DeviceSide device = setup.device(queue);
        BufferChain chain = new BufferChain(1);
        assertTrue(device.sleep());
        for (int i = 0; i < 70_000; i++) { // the device looks by itself, and the driver takes
            queue.add(chain.clear().in(i, 1), i);
            device.use(device.next(), 0);
            assertEquals(i, queue.take());
        }
        queue.publish();
        assertEquals(1, setup.notifications);
    }
}
