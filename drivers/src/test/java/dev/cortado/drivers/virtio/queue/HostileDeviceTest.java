package dev.cortado.drivers.virtio.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.HostileCases;
import dev.cortado.kernel.device.DeviceFaults;
import dev.cortado.kernel.memory.HostMemory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A device that writes anything anywhere in its queue at any time. The driver gets back only what
 * it has given, at most once, or an error that names device and queue; the queue's memory ends
 * where the test's does.
 */
final class HostileDeviceTest {
    private final Map<QueueSettings, QueueCase> setups = new HashMap<>();
    private int broken;
    private int returned;

    private void play(int size, boolean packed, boolean eventIndex, int indirect, long seed) {
        Random random = new Random(seed);
        QueueSettings settings = QueueCase.settings(size, packed, eventIndex, indirect);
        QueueCase setup = setups.computeIfAbsent(settings, QueueCase::new);
        setup.clear();
        VirtQueue queue = setup.driver();
        DeviceSide device = setup.device(queue);
        QueueLayout layout = QueueLayout.of(setup.settings);
        BufferChain chain = new BufferChain(Math.min(size, 4));
        Set<Integer> out = new HashSet<>();
        int honestSteps = random.nextInt(30); // it cannot read what it has scribbled over
        try {
            for (int step = 0; step < 60; step++) {
                int count = 1 + random.nextInt(Math.min(size, 4));
                chain.clear();
                for (int i = 0; i < count; i++) {
                    chain.in(random.nextLong(), 1 + random.nextInt(100));
                }
                if (queue.add(chain, step)) {
                    out.add(step);
                }
                queue.publish();
                if (step < honestSteps) {
                    DeviceSide.Chain got = device.next();
                    if (got != null) {
                        device.use(got, 1);
                    }
                } else {
                    scribble(random, setup, layout, packed, size);
                }
                for (int i = 0; i < size + 2; i++) {
                    int token = queue.take();
                    if (token == VirtQueue.NONE) {
                        break;
                    }
                    assertTrue(out.remove(token), "a token that is not out");
                    assertTrue(queue.written() <= 400);
                    returned++;
                }
                assertEquals(out.size(), queue.outstanding());
                queue.disableInterrupts();
                queue.enableInterrupts();
            }
        } catch (BrokenQueueException e) {
            broken++;
            assertTrue(e.getMessage().startsWith("test queue 1 is broken: the device "));
            assertThrows(BrokenQueueException.class, queue::take);
            assertThrows(BrokenQueueException.class, () -> queue.add(chain, 1));
        }
    }

    /** Often near what is right: an index one further, a number that exists. */
    private static void scribble(
            Random random, QueueCase setup, QueueLayout layout, boolean packed, int size) {
        HostMemory memory = setup.memory;
        long block = setup.block.address();
        switch (random.nextInt(4)) {
            case 0 -> {
                long at = random.nextLong(layout.bytes() / 8) * 8;
                memory.writeLong(block + at, random.nextLong());
            }
            case 1 -> {
                if (packed) {
                    int flags = random.nextBoolean() ? 0x8082 : 0x0002;
                    long id = random.nextInt(size + 1);
                    long length = random.nextInt(200);
                    long slot = block + 16L * random.nextInt(size);
                    memory.writeLong(slot + 8, length | id << 32 | (long) flags << 48);
                } else {
                    long used = block + layout.device();
                    int index = memory.readShortAcquire(used + 2);
                    long entry = used + 4 + 8L * (index & size - 1);
                    memory.writeIntRelease(entry, random.nextInt(size + 1));
                    memory.writeIntRelease(entry + 4, random.nextInt(200));
                    memory.writeShortRelease(used + 2, index + 1);
                }
            }
            case 2 -> {
                long area = block + layout.device();
                memory.writeShortRelease(area + 2, random.nextInt());
            }
            default -> {
                long at = random.nextLong(layout.tables() / 2) * 2;
                memory.writeShortRelease(block + at, random.nextInt(4) - 2);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingComesBackThatWasNotGiven(boolean packed) {
        long before = DeviceFaults.count("test", DeviceFaults.Kind.WILD_ANSWER);
        for (int seed = 0; seed < HostileCases.of(20_000); seed++) {
            int size = 1 << seed % 5;
            play(size, packed, (seed & 8) != 0, (seed & 16) != 0 ? Math.min(size, 4) : 0, seed);
        }
        assertTrue(broken > 5_000, "broken " + broken);
        assertTrue(returned > 5_000, "returned " + returned);
        assertEquals(broken, DeviceFaults.count("test", DeviceFaults.Kind.WILD_ANSWER) - before);
    }

    @ParameterizedTest
    @CsvSource({"0, false", "3, false", "-1, false", "65536, false", "0, true", "32769, true"})
    void aSizeThatCannotBeIsRefused(int size, boolean packed) {
        assertThrows(
                IllegalArgumentException.class, () -> QueueCase.settings(size, packed, true, 0));
    }

    private static VirtQueue oneOut(QueueCase setup) throws BrokenQueueException {
        VirtQueue queue = setup.driver();
        queue.add(new BufferChain(1).in(0x1000, 64), 7);
        return queue;
    }

    private static void message(String expected, VirtQueue queue) {
        Exception e = assertThrows(BrokenQueueException.class, queue::take);
        assertEquals("test queue 1 is broken: " + expected, e.getMessage());
    }

    @Test
    void theMessageSaysWhat() throws BrokenQueueException {
        QueueCase setup = new QueueCase(QueueCase.settings(4, false, false, 0));
        long used = setup.block.address() + QueueLayout.of(setup.settings).device();
        VirtQueue queue = oneOut(setup);
        setup.memory.writeShortRelease(used + 2, 2);
        message("the device says that it has used 2 buffers where it has 1", queue);

        setup.memory.writeShortRelease(used + 2, 1);
        setup.memory.writeIntRelease(used + 4, 77);
        message("the device gives back buffer 77, which it does not have", oneOut(setup));

        setup.memory.writeIntRelease(used + 4, 0);
        setup.memory.writeIntRelease(used + 8, 65);
        message("the device says that it wrote 65 bytes where it may write 64", oneOut(setup));
    }

    /** 2.7.8.3: legacy devices often say the wrong length. */
    @Test
    void aLegacyLengthIsNotBelieved() throws BrokenQueueException {
        QueueCase setup = new QueueCase(new QueueSettings("test", 1, 4, false, false, 0, true));
        long used = setup.block.address() + QueueLayout.of(setup.settings).device();
        assertEquals(4096, QueueLayout.of(setup.settings).device());
        VirtQueue queue = oneOut(setup);
        setup.memory.writeIntRelease(used + 8, -1);
        setup.memory.writeShortRelease(used + 2, 1);
        assertEquals(7, queue.take());
        assertEquals(64, queue.written());
    }

    @Test
    void whatADriverMustNotIsRefused() {
        BufferChain chain = new BufferChain(3);
        assertThrows(IllegalArgumentException.class, () -> chain.in(0, 0));
        assertThrows(IllegalStateException.class, () -> chain.in(0, 1).out(0, 1));
        chain.in(0, 1).in(0, 1);
        assertThrows(IllegalStateException.class, () -> chain.in(0, 1));
        VirtQueue queue = new QueueCase(QueueCase.settings(2, false, false, 0)).driver();
        assertThrows(IllegalArgumentException.class, () -> queue.add(chain, 1));
        assertThrows(
                IllegalArgumentException.class, () -> queue.add(new BufferChain(1).in(0, 1), -1));
        assertThrows(IllegalArgumentException.class, () -> QueueCase.settings(2, false, false, 3));
    }
}
