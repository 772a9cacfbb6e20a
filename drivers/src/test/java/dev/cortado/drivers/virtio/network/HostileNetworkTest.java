package dev.cortado.drivers.virtio.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.HostileCases;
import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkBuffers;
import dev.cortado.drivers.virtio.transport.Bus;
import dev.cortado.drivers.virtio.transport.Features;
import dev.cortado.drivers.virtio.transport.VirtioModel;
import dev.cortado.kernel.memory.HostFrames;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Devices that write anything into packets, headers and rings at any time, and drivers that die at
 * any time. Nothing comes out but an {@link IOException}, no buffer is lost or in two places, and
 * the next driver on the same device sends and receives.
 */
@Timeout(120)
final class HostileNetworkTest {
    private long packets;
    private long bad;
    private long ends;

    private static void refill(NetworkCase test) {
        test.kept.clear();
        test.received.clear();
        test.told.clear();
    }

    private void step(NetworkCase test, Random random, boolean honest) throws IOException {
        switch (random.nextInt(4)) {
            case 0 -> {
                if (test.pool.free() > 2) {
                    NetworkBuffer packet = test.packet(new byte[14 + random.nextInt(1000)], 7);
                    boolean taken = false;
                    try {
                        taken = test.send(packet) == 1;
                    } finally {
                        if (!taken) {
                            NetworkBuffers.give(packet);
                        }
                    }
                }
            }
            case 1 -> {
                if (honest) {
                    test.device.takeSent(1);
                    test.device.finishSent(1, random.nextInt(4));
                } else {
                    scribbleRing(test.device.model, random);
                }
            }
            case 2 -> {
                if (honest) {
                    test.device.deliver(0, new byte[12], new byte[60 + random.nextInt(1900)]);
                } else {
                    byte[] bytes = new byte[random.nextInt(40)];
                    random.nextBytes(bytes);
                    if (bytes.length > 12 && random.nextInt(3) > 0) {
                        bytes[10] = (byte) (1 + random.nextInt(2));
                        bytes[11] = 0;
                    }
                    test.device.scribble(0, bytes, random.nextInt(2100));
                }
            }
            default -> {
                for (int i = 0; i < 4 && test.net.service(0); i++) {
                    bad++;
                }
                test.takeBack(0);
            }
        }
    }

    /** Near what is right: an index one further, an entry that exists. */
    private static void scribbleRing(VirtioModel model, Random random) {
        VirtioModel.Queue queue = model.queues[random.nextInt(2)];
        long used = queue.device - HostFrames.DEVICE_OFFSET;
        int index = model.memory.readShortAcquire(used + 2);
        if (random.nextInt(50) == 0) {
            model.memory.writeIntRelease(used + 4 + 8L * (index & 15), random.nextInt(17));
            model.memory.writeShortRelease(used + 2, index + 1 + random.nextInt(2));
        }
    }

    private static final long FEATURES =
            NetworkFeatures.MRG_RXBUF
                    | NetworkFeatures.GUEST_CSUM
                    | NetworkFeatures.GUEST_TSO4
                    | NetworkFeatures.GUEST_TSO6;

    @Test
    void nothingIsLostWhateverTheDeviceWrites() throws Exception {
        for (int machine = 0; machine < 8; machine++) {
            NetworkCase test = new NetworkCase(Bus.PCI, 48, (machine & 1) != 0 ? 8192 : 2048);
            long queues = (machine & 2) != 0 ? Features.EVENT_IDX | Features.INDIRECT_DESC : 0;
            test.prepare(queues | ((machine & 1) != 0 ? FEATURES : 0), 1, 16);
            for (int life = 0; life < HostileCases.of(700); life++) {
                Random random = new Random(machine * 10_000L + life);
                refill(test);
                test.start(1, 12);
                int honestSteps = random.nextInt(20);
                try {
                    for (int i = 0; i < 120; i++) {
                        step(test, random, i < honestSteps);
                    }
                } catch (IOException e) {
                    ends++;
                } catch (AssertionError e) {
                    // The model cannot go on with a ring that it has scribbled over.
                }
                packets += test.received.size();
                test.end();
                test.takeBack(0);
                test.checkNothingLost();
            }
        }
        assertTrue(ends > 700, "ends " + ends);
        assertTrue(packets > 5000, "packets " + packets);
    }

    /** A driver dies at a seeded point, and another one goes on with the same buffers. */
    @Test
    void driversDieAndOthersGoOn() throws Exception {
        for (Bus bus : Bus.values()) {
            NetworkCase test = new NetworkCase(bus, 48, 2048);
            test.prepare(bus.isLegacy() ? 0 : FEATURES | Features.EVENT_IDX, 1, 16);
            Random random = new Random(bus.ordinal());
            for (int life = 0; life < HostileCases.of(400); life++) {
                refill(test);
                test.start(1, 12);
                int steps = random.nextInt(60);
                for (int i = 0; i < steps; i++) {
                    stepHonest(test, random);
                }
                test.end();
                test.takeBack(0);
                assertEquals(48, test.pool.free());
                test.checkNothingLost();
            }
        }
    }

    private void stepHonest(NetworkCase test, Random random) throws IOException {
        int before = test.device.model.resets;
        step(test, random, true);
        assertEquals(before, test.device.model.resets, "an honest device is not reset");
    }
}
