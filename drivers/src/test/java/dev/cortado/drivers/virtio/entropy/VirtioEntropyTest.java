package dev.cortado.drivers.virtio.entropy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.virtio.queue.DeviceSide;
import dev.cortado.drivers.virtio.transport.Bus;
import dev.cortado.drivers.virtio.transport.DeviceStatus;
import dev.cortado.drivers.virtio.transport.Features;
import dev.cortado.drivers.virtio.transport.InterruptWait;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.drivers.virtio.transport.VirtioModel;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.HostFrames;
import dev.cortado.kernel.memory.HostMemory;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** In virtual time: the device answers while the driver waits for its interrupt, or does not. */
final class VirtioEntropyTest {
    private static final int BYTES = 1 << 20;

    private final HostMemory memory = new HostMemory(BYTES);
    private final DeviceFrames frames = new DeviceFrames(new HostFrames(memory, BYTES), "test");
    private VirtioModel model;
    private final Random random = new Random(9);
    private byte[] given = new byte[0];
    private int limit = Integer.MAX_VALUE;
    private boolean answers = true;
    private boolean changed;
    private long now;

    private VirtioEntropy start(Bus bus, long offered) throws Exception {
        model = new VirtioModel(memory, 4, bus.isLegacy(), offered, 16, 8);
        VirtioDevice device =
                new VirtioDevice(bus.transport(model), memory, frames, milliseconds -> {});
        return new VirtioEntropy(device, new Interrupts(), () -> now, 1000);
    }

    private final class Interrupts implements InterruptWait {
        @Override
        public void await(long nanoseconds) {
            VirtioEntropyTest.this.await(nanoseconds);
        }

        @Override
        public boolean takeConfigurationChange() {
            boolean taken = changed;
            changed = false;
            return taken;
        }
    }

    private void await(long nanoseconds) {
        if (!answers) {
            now += Math.min(nanoseconds, 300);
            return;
        }
        answer();
    }

    private void answer() {
        DeviceSide.Chain chain = model.side(0).next();
        DeviceSide.Part part = chain.parts().get(0);
        assertEquals(1, chain.parts().size());
        assertTrue(part.writable());
        given = new byte[Math.min(limit, part.length())];
        random.nextBytes(given);
        memory.copyIn(given, 0, part.memoryAddress(), given.length);
        assertTrue(model.side(0).use(chain, given.length), "the driver waits for it");
        assertTrue(model.side(0).sleep());
    }

    @ParameterizedTest
    @EnumSource(Bus.class)
    void bytesComeFromTheDevice(Bus bus) throws Exception {
        long all = Features.EVENT_IDX | Features.INDIRECT_DESC | Features.RING_PACKED;
        for (long offered : new long[] {0, Features.EVENT_IDX, Features.RING_PACKED, all}) {
            VirtioEntropy entropy = start(bus, offered);
            for (int i = 0; i < 200; i++) {
                byte[] target = new byte[1 + random.nextInt(600)];
                int offset = random.nextInt(target.length);
                limit = 1 + random.nextInt(300);
                int count = entropy.read(target, offset, target.length - offset);
                assertEquals(given.length, count);
                for (int j = 0; j < count; j++) {
                    assertEquals(given[j], target[offset + j]);
                }
            }
        }
    }

    @Test
    void nothingOfItStaysInMemory() throws Exception {
        VirtioEntropy entropy = start(Bus.PCI, 0);
        entropy.read(new byte[64], 0, 64);
        long first = 0;
        for (int i = 0; i < 8; i++) {
            first |= Byte.toUnsignedLong(given[i]) << 8 * i;
        }
        for (long at = 0; at < BYTES; at += 8) {
            assertTrue(memory.readLong(HostMemory.BASE + at) != first);
        }
    }

    @Test
    void oneThatDoesNotAnswerIsNotWaitedForForEverAndItsLateAnswerIsUsed() throws Exception {
        VirtioEntropy entropy = start(Bus.PCI, 0);
        answers = false;
        IOException e = assertThrows(IOException.class, () -> entropy.read(new byte[8], 0, 8));
        assertEquals("virtio-rng (pci 0000:00:03.0): it does not answer", e.getMessage());
        assertEquals(1000, now);
        answer(); // into the buffer that it still has
        byte[] target = new byte[4];
        assertEquals(4, entropy.read(target, 0, 4));
        assertEquals(given[3], target[3]);
    }

    @Test
    void oneThatWantsToBeResetIsNotWaitedFor() throws Exception {
        VirtioEntropy entropy = start(Bus.PCI, 0);
        answers = false;
        model.status |= DeviceStatus.DEVICE_NEEDS_RESET;
        changed = true;
        IOException e = assertThrows(IOException.class, () -> entropy.read(new byte[8], 0, 8));
        assertEquals("virtio-rng (pci 0000:00:03.0): it wants to be reset", e.getMessage());
        assertFalse(changed);
    }

    @Test
    void oneThatGivesNothingIsGivenUp() throws Exception {
        VirtioEntropy entropy = start(Bus.PCI, 0);
        limit = 0;
        assertThrows(IOException.class, () -> entropy.read(new byte[8], 0, 8));
        assertEquals(128, model.status & 128);
    }

    @Test
    void aSeedIsWholeHoweverLittleTheDeviceGivesAtOnce() throws Exception {
        VirtioEntropy entropy = start(Bus.PCI, 0);
        for (int most : new int[] {1, 7, 31, 32, 1000}) {
            limit = most;
            byte[] seed = VirtioSeeds.seed(entropy);
            assertEquals(VirtioSeeds.BYTES, seed.length);
            int last = given.length;
            assertArrayEquals(given, Arrays.copyOfRange(seed, seed.length - last, seed.length));
            assertFalse(Arrays.equals(seed, VirtioSeeds.seed(entropy)), "the same again");
        }
        limit = 0;
        assertThrows(IOException.class, () -> VirtioSeeds.seed(entropy));
    }
}
