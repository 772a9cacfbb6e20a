package dev.cortado.drivers.virtio.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.virtio.queue.BufferChain;
import dev.cortado.drivers.virtio.queue.DeviceSide;
import dev.cortado.drivers.virtio.queue.VirtQueue;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.HostFrames;
import dev.cortado.kernel.memory.HostMemory;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The same driver code over each way to an honest device, and over registers of chance. */
final class VirtioDeviceTest {
    private static final long BYTES = 4 << 20;
    private static final long ALL = -1;

    private final HostMemory memory = new HostMemory(BYTES);
    private final HostFrames source = new HostFrames(memory, BYTES);
    private final DeviceFrames frames = new DeviceFrames(source, "test");
    private VirtioModel model;
    private int slept;

    private VirtioDevice device(Bus bus, long offered, int... sizes) throws VirtioException {
        model = new VirtioModel(memory, 4, bus.isLegacy(), offered, 16, sizes);
        return device(bus.transport(model));
    }

    private VirtioDevice device(VirtioTransport transport) {
        return new VirtioDevice(transport, memory, frames, milliseconds -> slept += milliseconds);
    }

    @ParameterizedTest
    @EnumSource(Bus.class)
    void fromResetToTheFirstBuffer(Bus bus) throws Exception {
        long[] offers = {
            0,
            Features.INDIRECT_DESC,
            Features.EVENT_IDX,
            Features.RING_PACKED,
            ALL & ~(1L << 38) & ~(1L << 35)
        };
        for (long offered : offers) {
            VirtioDevice device = device(bus, offered, 8, 16);
            assertEquals(4, device.transport().deviceType());
            model.resetReads = 3;
            long agreed = device.negotiate(5);
            assertEquals(model.offered & (Features.OF_QUEUES | 5), agreed);
            assertEquals(agreed, model.accepted);
            VirtQueue first = device.openQueue(0, 4, 3);
            VirtQueue second = device.openQueue(1, 64, 3);
            int chosen = bus == Bus.PCI_LEGACY || bus == Bus.PCI_LEGACY_MESSAGES ? 8 : 4;
            assertEquals(chosen, first.settings().size());
            assertEquals(16, second.settings().size());
            device.start();
            BufferChain chain = new BufferChain(3).out(1, 1).out(2, 2).in(3, 3);
            for (int i = 0; i < 40; i++) {
                int before = model.notifications;
                assertTrue(model.side(1).sleep());
                assertTrue(second.add(chain, i));
                second.publish();
                assertEquals(before + 1, model.notifications);
                DeviceSide.Chain got = model.side(1).next();
                assertEquals(3, got.parts().size());
                model.side(1).use(got, 3);
                assertEquals(i, second.take());
            }
            assertEquals(null, model.side(0).next());
            assertEquals(40, device.taken());
            device.negotiate(5);
            device.openQueue(1, 8, 1);
            assertEquals(40, device.taken(), "a reset takes nothing back");
        }
        assertTrue(slept >= 3 * offers.length);
    }

    /** What was not offered is not accepted: down to nothing. */
    @ParameterizedTest
    @EnumSource(Bus.class)
    void onlyWhatBothCanIsAgreedOn(Bus bus) throws Exception {
        Random random = new Random(4);
        for (int i = 0; i < 500; i++) {
            long offered = random.nextLong();
            long wanted = random.nextLong() & 0xff_ffff;
            VirtioDevice device = device(bus, offered, 8);
            long agreed = device.negotiate(wanted, random.nextLong() | Features.VERSION_1);
            assertEquals(0, agreed & ~model.offered);
            assertEquals(model.offered & wanted, agreed & 0xff_ffff);
            assertEquals(0, agreed & ~Features.OF_QUEUES & ~wanted);
            assertEquals(agreed, model.accepted);
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "3", "7", "65535", "32769"})
    void aQueueOfASizeThatCannotBeIsRefused(int size) throws Exception {
        for (Bus bus : Bus.values()) {
            VirtioDevice device = device(bus, 0, size);
            device.negotiate(0);
            VirtioException e =
                    assertThrows(VirtioException.class, () -> device.openQueue(0, 64, 1));
            String where = bus.name().startsWith("PCI") ? "pci 0000:00:03.0" : "mmio 0xfeb00000";
            assertEquals(
                    "virtio-rng (" + where + "): queue 0 has a size of " + size, e.getMessage());
            assertEquals(DeviceStatus.FAILED, model.status & DeviceStatus.FAILED);
        }
    }

    @Test
    void aPackedQueueMayHaveAnySize() throws Exception {
        VirtioDevice device = device(Bus.PCI, Features.RING_PACKED, 7);
        device.negotiate(0);
        assertEquals(7, device.openQueue(0, 64, 1).settings().size());
    }

    @Test
    void aDeviceThatRefusesIsGivenUp() throws Exception {
        VirtioDevice device = device(Bus.PCI, 1, 8);
        model.refused = 1;
        assertThrows(VirtioException.class, () -> device.negotiate(1));
        assertEquals(DeviceStatus.FAILED, model.status & DeviceStatus.FAILED);
        model.refused = 0;
        device.negotiate(1);
        model.offered = 1;
        VirtioException e = assertThrows(VirtioException.class, () -> device.negotiate(1));
        assertTrue(e.getMessage().endsWith("without version 1"), e.getMessage());
    }

    @ParameterizedTest
    @EnumSource(Bus.class)
    void aResetThatDoesNotEndIsGivenUp(Bus bus) throws Exception {
        VirtioDevice device = device(bus, 0, 8);
        model.resetReads = Integer.MAX_VALUE;
        assertThrows(VirtioException.class, () -> device.negotiate(0));
        assertEquals(1000, slept);
    }

    @ParameterizedTest
    @EnumSource(Bus.class)
    void causesAreTakenOnce(Bus bus) throws Exception {
        VirtioTransport transport = device(bus, 0, 8).transport();
        model.causes = 3;
        assertEquals(3, transport.takeInterruptCauses());
        assertEquals(0, transport.takeInterruptCauses());
    }

    @ParameterizedTest
    @EnumSource(Bus.class)
    void messagesAreSetWhereThereAreSome(Bus bus) throws Exception {
        VirtioTransport transport = device(bus, 0, 8, 8).transport();
        boolean can = bus == Bus.PCI || bus == Bus.PCI_LEGACY_MESSAGES;
        assertEquals(can, transport.setQueueVector(1, 2));
        assertEquals(can, transport.setConfigurationVector(3));
        assertFalse(transport.setQueueVector(1, 4), "the device has four");
        if (can) {
            assertEquals(3, model.configurationVector);
        }
    }

    /** 4.1.5.1.2: a reset makes the device forget them. */
    @ParameterizedTest
    @EnumSource(Bus.class)
    void messagesAreChosenAnewAfterEachReset(Bus bus) throws Exception {
        VirtioDevice device = device(bus, 0, 8, 8);
        device.negotiate(0);
        assertEquals(VirtioTransport.NO_VECTOR, model.configurationVector);
        device.setMessages(2, 2);
        if (bus != Bus.PCI && bus != Bus.PCI_LEGACY_MESSAGES) {
            assertThrows(VirtioException.class, () -> device.negotiate(0));
            return;
        }
        for (int i = 0; i < 2; i++) {
            device.negotiate(0);
            assertEquals(2, model.configurationVector);
            for (int queue = 0; queue < 2; queue++) {
                device.openQueue(queue, 8, 1);
                assertEquals(queue, model.queues[queue].vector);
            }
        }
        model.vectors = 1;
        device.setMessages(2, VirtioTransport.NO_VECTOR);
        device.negotiate(0);
        VirtioException e = assertThrows(VirtioException.class, () -> device.openQueue(1, 8, 1));
        assertTrue(e.getMessage().endsWith("it takes no message for queue 1"), e.getMessage());
        assertFalse(model.queues[1].enabled);
        device.setMessages(1, model.vectors);
        assertThrows(VirtioException.class, () -> device.negotiate(0));
    }

    /** The thread is interrupted in the middle: the reset goes on, and it is so afterwards. */
    @ParameterizedTest
    @EnumSource(Bus.class)
    void anInterruptIsForAfterAReset(Bus bus) throws Exception {
        model = new VirtioModel(memory, 4, bus.isLegacy(), 0, 16, 8);
        int[] interrupts = {0};
        VirtioDevice device =
                new VirtioDevice(
                        bus.transport(model),
                        memory,
                        frames,
                        ms -> {
                            if (interrupts[0]++ == 2) {
                                throw new InterruptedException();
                            }
                        });
        model.resetReads = 5;
        device.resetUninterruptibly();
        assertTrue(Thread.interrupted());
        assertEquals(0, model.readStatus());
        assertEquals(2, model.resets);
    }

    @ParameterizedTest
    @EnumSource(Bus.class)
    void theConfigurationIsReadAtOneTime(Bus bus) throws Exception {
        VirtioDevice device = device(bus, 0, 8);
        model.configuration.putLong(0, 0x1111_1111_1111_1111L);
        int[] reads = {0};
        long value =
                device.configuration()
                        .read(registers -> {
                            long low = registers.read32(0) & 0xffff_ffffL;
                            if (reads[0]++ < 2) { // it changes in between
                                model.configuration.putLong(0, reads[0]);
                                model.generation++;
                            }
                            return low | (long) registers.read32(4) << 32;
                        });
        assertEquals(2, value);
        assertThrows(
                VirtioException.class,
                () -> device.configuration().read(registers -> registers.read32(16)));
        assertThrows(
                VirtioException.class,
                () ->
                        device.configuration()
                                .read(registers -> {
                                    model.generation++;
                                    model.configuration.putLong(0, reads[0]++);
                                    return registers.read32(0);
                                }));
    }

    @Test
    void aQueueWhereALegacyDeviceCannotFindItIsRefused() {
        assertThrows(
                VirtioException.class,
                () -> LegacyPages.pageNumber("test", 0, new QueuePlace(8, 1L << 44, 0, 0)));
        assertThrows(
                VirtioException.class,
                () -> LegacyPages.pageNumber("test", 0, new QueuePlace(8, 0x1800, 0, 0)));
    }

    /** Registers of chance, of every way: an error with a name, or a queue that breaks. */
    @Test
    void registersOfChanceAreSurvived() throws Exception {
        int refused = 0;
        int started = 0;
        for (int seed = 0; seed < 30_000; seed++) {
            Random random = new Random(seed);
            RegisterFace chaos = chaos(random);
            DeviceFrames own = new DeviceFrames(source, "test");
            try {
                VirtioTransport transport = transport(random.nextInt(3), chaos, random);
                VirtioDevice device = new VirtioDevice(transport, memory, own, ms -> {});
                assertNotNull(device.name());
                device.negotiate(random.nextLong());
                VirtQueue queue = device.openQueue(random.nextInt(3), 32, 4);
                device.start();
                queue.add(new BufferChain(1).in(0, 1), 1);
                queue.publish();
                assertEquals(VirtQueue.NONE, queue.take());
                transport.takeInterruptCauses();
                transport.setQueueVector(0, 1);
                device.configuration().read(registers -> registers.read32(0));
                started++;
            } catch (IOException e) {
                assertTrue(e.getMessage().contains("mock"), e.toString());
                refused++;
            } finally {
                own.close();
            }
        }
        assertTrue(refused > 1000 && started > 1000, refused + " refused, " + started);
    }

    private static RegisterFace chaos(Random random) {
        int goodness = random.nextInt(4);
        int bytes = 0x100 + random.nextInt(3) * 4;
        return new RegisterFace(bytes) {
            @Override
            int read(int offset, int width) {
                if (offset == 0 && goodness > 0) {
                    return 0x74726976;
                }
                if (offset == 4 && width == 4 && goodness > 1) {
                    return 1 + random.nextInt(2) | random.nextInt() & ~0xff & -(goodness & 1);
                }
                return switch (random.nextInt(6)) {
                    case 0, 1 -> 0;
                    case 2 -> 1 << random.nextInt(16);
                    case 3 -> 11;
                    case 4 -> -1;
                    default -> random.nextInt();
                };
            }

            @Override
            void write(int offset, int width, int value) {
                // Nothing is kept.
            }
        };
    }

    private static VirtioTransport transport(int kind, RegisterFace face, Random random)
            throws VirtioException {
        return switch (kind) {
            case 0 -> new MmioTransport("mock", face);
            case 1 -> new LegacyPciTransport("mock", 2, face, random.nextBoolean());
            default ->
                    new PciTransport(
                            "mock",
                            random.nextInt(30),
                            new PciStructures.Mapped(face, face, random.nextInt(5), face, face));
        };
    }
}
