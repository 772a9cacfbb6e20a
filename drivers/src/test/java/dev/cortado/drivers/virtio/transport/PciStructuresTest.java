package dev.cortado.drivers.virtio.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.pci.PciDevice;
import dev.cortado.drivers.pci.PciException;
import dev.cortado.drivers.pci.PciModel;
import dev.cortado.drivers.virtio.queue.BufferChain;
import dev.cortado.drivers.virtio.queue.VirtQueue;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.HostFrames;
import dev.cortado.kernel.memory.HostMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Capabilities of VIRTIO 1.2, 4.1.4, as QEMU's devices have them: all in base address 4. */
final class PciStructuresTest {
    private static final String COMMON = "09 50 10 01 04 00 00 00 00 00 00 00 00 10 00 00";
    private static final String ISR = "09 60 10 03 04 00 00 00 00 10 00 00 00 10 00 00";
    private static final String DEVICE = "09 70 10 04 04 00 00 00 00 20 00 00 10 00 00 00";
    private static final String NOTIFY =
            "09 84 14 02 04 00 00 00 00 30 00 00 00 10 00 00 04 00 00 00";

    /** Through configuration registers (type 5), which nobody needs. */
    private static final String CONFIGURATION =
            "09 00 14 05 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00";

    private final PciModel.Function function =
            new PciModel.Function()
                    .ids(0x1af4, 0x1044, 0xff0000)
                    .base(4, 0xfe00000c, 0xffffc000)
                    .base(5, 0, 0xffffffff)
                    .capabilities(0x40)
                    .bytes(0x40, COMMON)
                    .bytes(0x50, ISR)
                    .bytes(0x60, DEVICE)
                    .bytes(0x70, NOTIFY)
                    .bytes(0x84, CONFIGURATION);

    private final PciDevice device = PciModel.device(function);
    private final HostMemory memory = new HostMemory(1 << 20);

    private PciStructures.Mapped map() throws PciException {
        VirtioModel model = new VirtioModel(memory, 4, false, 0, 16, 8);
        return PciStructures.map(device, base -> new PciFace(model));
    }

    @Test
    void aDeviceIsDrivenThroughThem() throws Exception {
        VirtioModel model = new VirtioModel(memory, 4, false, 0, 16, 8, 8);
        int[] mapped = {0};
        PciStructures.Mapped structures =
                PciStructures.map(
                        device,
                        base -> {
                            assertEquals(0xfe000000L, base.address());
                            mapped[0]++;
                            return new PciFace(model);
                        });
        assertEquals(1, mapped[0], "once, though four structures are in it");
        assertEquals(16, structures.device().bytes());
        assertEquals(4, structures.notifyMultiplier());
        DeviceFrames frames = new DeviceFrames(new HostFrames(memory, 1 << 20), "test");
        VirtioTransport transport = new PciTransport("pci", 4, structures);
        VirtioDevice virtio = new VirtioDevice(transport, memory, frames, ms -> {});
        virtio.negotiate(0);
        virtio.openQueue(0, 8, 1);
        VirtQueue queue = virtio.openQueue(1, 8, 1);
        virtio.start();
        queue.add(new BufferChain(1).in(0x1000, 1), 1);
        queue.publish();
        assertEquals(1, model.notifications);
        assertTrue(PciStructures.isModern(device));
    }

    @Test
    void aLegacyDeviceHasNone() throws PciException {
        function.capabilities(0x84);
        assertFalse(PciStructures.isModern(device));
        assertThrows(PciException.class, this::map);
    }

    /** 4.1.4.1: of several, the first; what has no place is passed over. */
    @Test
    void theFirstOfATypeCounts() throws PciException {
        function.bytes(0x84, "09 a0 10 04 04 00 00 00 00 20 00 00 08 00 00 00");
        function.bytes(0xa0, "09 00 10 01 06 00 00 00 00 00 00 00 00 10 00 00");
        assertEquals(16, map().device().bytes());
    }

    @ParameterizedTest
    @CsvSource({
        "0x40, 09 50 10 01 04 00 00 00 00 00 00 00 37 00 00 00, 55 bytes of registers",
        "0x40, 09 50 10 01 04 00 00 00 00 00 00 00 01 40 00 00, beyond its memory",
        "0x40, 09 50 10 01 04 00 00 00 ff ff ff ff ff ff ff ff, far beyond",
        "0x40, 09 50 10 01 04 00 00 00 02 00 00 00 00 10 00 00, no multiple of four",
        "0x40, 09 50 10 01 02 00 00 00 00 00 00 00 00 10 00 00, memory that there is not",
        "0x40, 09 50 0f 01 04 00 00 00 00 00 00 00 00 10 00 00, a capability too short",
        "0x50, 09 60 10 03 04 00 00 00 00 10 00 00 00 00 00 00, no causes",
        "0x70, 09 84 14 02 04 00 00 00 00 30 00 00 00 10 00 00 03 00 00 00, times three",
        "0x70, 09 84 14 02 04 00 00 00 00 30 00 00 00 10 00 00 01 00 00 00, times one",
        "0x70, 09 84 14 02 04 00 00 00 00 30 00 00 00 10 00 00 00 00 00 80, times 2^31",
        "0x70, 09 84 14 02 04 00 00 00 00 30 00 00 01 00 00 00 04 00 00 00, no room to notify",
    })
    void whatCannotBeIsRefused(String offset, String bytes, String why) {
        function.bytes(Integer.decode(offset), bytes);
        assertThrows(PciException.class, this::map, why);
    }

    @Test
    void aQueueThatIsNotifiedOutsideIsRefused() throws Exception {
        VirtioModel model = new VirtioModel(memory, 4, false, 0, 16, 8, 8);
        PciStructures.Mapped good = PciStructures.map(device, base -> new PciFace(model));
        PciStructures.Mapped bad =
                new PciStructures.Mapped(
                        good.common(), good.notifications(), 8192, good.causes(), good.device());
        DeviceFrames frames = new DeviceFrames(new HostFrames(memory, 1 << 20), "test");
        VirtioDevice virtio =
                new VirtioDevice(new PciTransport("pci", 4, bad), memory, frames, ms -> {});
        virtio.negotiate(0);
        assertThrows(VirtioException.class, () -> virtio.openQueue(1, 8, 1));
    }
}
