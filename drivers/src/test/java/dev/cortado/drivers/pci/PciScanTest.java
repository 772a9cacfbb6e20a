package dev.cortado.drivers.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.register.TestRegisters;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PciScanTest {
    private final PciModel model = new PciModel();
    private final List<String> log = new ArrayList<>();

    private List<String> scan() {
        return PciScan.scan(model, log::add).stream().map(d -> d.address().toString()).toList();
    }

    @Test
    void functionsAreFoundWhereThereAreSome() {
        model.add(0, 0, 0).ids(0x8086, 0x29c0, 0x060000);
        model.add(0, 31, 0).ids(0x8086, 0x2918, 0x060100).header(0x80);
        model.add(0, 31, 2).ids(0x8086, 0x2922, 0x010601);
        model.add(0, 4, 1).ids(1, 1, 0); // without function 0, nobody asks
        model.add(0, 5, 0).ids(1, 1, 0);
        model.add(0, 5, 1).ids(1, 1, 0); // not of several functions
        assertEquals(
                List.of("0000:00:00.0", "0000:00:05.0", "0000:00:1f.0", "0000:00:1f.2"), scan());
        assertEquals(List.of(), log);
    }

    @Test
    void devicesBehindBridgesAreFoundAndTheirPinsAreTheBridges() throws PciException {
        model.add(0, 2, 0).ids(0x1b36, 0xc, 0x060400).bridge(1, 2);
        model.add(1, 3, 0).ids(0x1b36, 1, 0x060400).bridge(2, 2);
        model.add(2, 6, 0).ids(0x1af4, 0x1041, 0x020000).registers.put(0x3d, (byte) 1);
        List<PciDevice> found = PciScan.scan(model, log::add);
        PciDevice last = found.get(2);
        assertEquals("0000:02:06.0", last.address().toString());
        // INTA of device 6 is INTC of the bridge, which as device 3 is INTB of the root port.
        assertEquals(new InterruptPin(0, 0, 2, 2), last.pin().get());
    }

    /** Where it ends is asked once for each pin. */
    @Test
    void pinsOfOtherSegmentsAreOthers() throws PciException {
        model.segment = 1;
        model.add(0, 2, 0).ids(0x1af4, 0x1041, 0x020000).registers.put(0x3d, (byte) 3);
        PciDevice device = PciScan.scan(model, log::add).getFirst();
        assertEquals(new InterruptPin(1, 0, 2, 3), device.pin().get());
    }

    @Test
    void aBridgeBackToItsOwnBusIsRefused() {
        model.add(0, 1, 0).ids(1, 1, 0x060400).bridge(0, 3);
        model.add(0, 2, 0).ids(1, 1, 0x060400).bridge(1, 1);
        model.add(1, 2, 0).ids(1, 1, 0x060400).bridge(1, 1);
        model.add(0, 3, 0).ids(1, 1, 0x060400).bridge(1, 2); // somebody else's bus
        model.add(0, 4, 0).ids(1, 1, 0x060400).bridge(5, 4);
        model.add(0, 5, 0).ids(1, 1, 0x060400); // not numbered: no word about it
        assertEquals(6, scan().size());
        assertEquals(4, log.size());
        assertTrue(log.get(0).contains("0000:00:01.0") && log.get(0).contains("0 to 3"));
    }

    @Test
    void aBusOutsideOfWhatItsBridgePassesOnIsRefused() {
        model.add(0, 1, 0).ids(1, 1, 0x060400).bridge(1, 2);
        model.add(1, 0, 0).ids(1, 1, 0x060400).bridge(3, 3);
        model.add(3, 0, 0).ids(1, 1, 0);
        assertEquals(2, scan().size());
        assertEquals(1, log.size());
    }

    @Test
    void aHeaderOfUnknownTypeIsNamed() {
        model.add(0, 7, 0).ids(0x1234, 0x5678, 0).header(3);
        assertEquals(List.of(), scan());
        assertEquals(
                List.of(
                        "pci 0000:00:07.0 [1234:5678] QEMU, device older than classes of class"
                                + " 000000: header of type 3"),
                log);
    }

    @Test
    void aDeviceIsDescribedInWords() {
        model.add(0, 3, 0).ids(0x1af4, 0x1041, 0x020000);
        model.add(0, 4, 0).ids(0x9999, 0x0001, 0xff0000);
        List<PciDevice> found = PciScan.scan(model, log::add);
        assertEquals(
                "pci 0000:00:03.0 [1af4:1041] Red Hat (virtio), Ethernet controller",
                found.get(0).toString());
        assertEquals(
                "pci 0000:00:04.0 [9999:0001] vendor 9999, device of class ff0000",
                found.get(1).toString());
    }

    /** PCI 3.0, 3.2.2.3.2: enable in bit 31, bus 23:16, device 15:11, function 10:8. */
    @Test
    void portsSelectTheRegister() {
        TestRegisters ports = new TestRegisters(8);
        PortSpace space = new PortSpace(ports);
        space.write16(new PciAddress(0, 0x12, 0x1f, 5), 0x3e, 0xabcd);
        assertEquals(List.of("32@0=8012fd3c", "16@6=abcd"), ports.writes);
        space.read8(new PciAddress(0, 0, 0, 0), 0xff);
        assertEquals("32@0=800000fc", ports.writes.get(2));
        PciAddress first = new PciAddress(0, 0, 0, 0);
        assertThrows(IndexOutOfBoundsException.class, () -> space.read32(first, 256));
        assertThrows(IndexOutOfBoundsException.class, () -> space.read32(first, 2));
        assertTrue(space.exists());
        PciAddress other = new PciAddress(1, 0, 0, 0);
        assertThrows(IllegalArgumentException.class, () -> space.read32(other, 0));
    }

    /** PCI Express 5.0, table 7-1: bus 27:20, device 19:15, function 14:12, register 11:0. */
    @Test
    void memorySelectsTheRegister() {
        List<Integer> mapped = new ArrayList<>();
        TestRegisters bus = new TestRegisters(EcamSpace.BUS_BYTES);
        EcamSpace space =
                new EcamSpace(
                        0,
                        0x10,
                        0x1f,
                        number -> {
                            mapped.add(number);
                            return bus;
                        });
        space.write32(new PciAddress(0, 0x12, 0x1f, 5), 0xf00, 1);
        space.write8(new PciAddress(0, 0x12, 0, 0), 0xfff, 2);
        assertEquals(List.of("32@fdf00=1", "8@fff=2"), bus.writes);
        assertEquals(List.of(0x12), mapped, "once, and no other");
        PciAddress outside = new PciAddress(0, 0x20, 0, 0);
        assertThrows(IllegalArgumentException.class, () -> space.read32(outside, 0));
        PciAddress inside = new PciAddress(0, 0x10, 0, 0);
        assertThrows(IndexOutOfBoundsException.class, () -> space.read32(inside, 4096));
    }
}
