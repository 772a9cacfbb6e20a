package dev.cortado.drivers.pci.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.pci.AddressWindow;
import dev.cortado.drivers.pci.AddressWindow.Kind;
import dev.cortado.drivers.pci.BaseAddress;
import dev.cortado.drivers.pci.PciDevice;
import dev.cortado.drivers.pci.PciModel;
import dev.cortado.drivers.pci.PciSlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PciPlugTest {
    private static final List<AddressWindow> WINDOWS =
            List.of(
                    new AddressWindow(Kind.MEMORY, 0x1000_0000, 0x100f_ffff),
                    new AddressWindow(Kind.PORTS, 0x1000, 0x10ff));

    private final PciModel model = new PciModel();
    private final List<String> lines = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private boolean letsGo = true;

    private PciBus bus;
    private PciPlug plug;

    private void open() {
        bus = new PciBus(List.of(model));
        bus.addFollower(
                new PciFollower() {
                    @Override
                    public boolean attached(PciDevice device) {
                        told.add("attached " + device.address());
                        return device.vendor() == 0x1af4;
                    }

                    @Override
                    public boolean detached(PciDevice device) {
                        told.add("detached " + device.address());
                        return letsGo;
                    }
                });
        plug = new PciPlug(bus, lines::add);
    }

    private PciSlot slot(int device) {
        return new PciSlot(model, null, 0, device);
    }

    private void check(int device) {
        plug.check(slot(device), WINDOWS, List.of());
    }

    /** With a memory of 16 KiB above 4 GiB, one of 4 KiB and ports, as a virtio disk has. */
    private PciModel.Function disk(int device) {
        return model.add(0, device, 0)
                .ids(0x1af4, 0x1001, 0x010000)
                .base(0, 1, 0xffff_ff80)
                .base(1, 0, 0xffff_f000)
                .base(4, 0xc, 0xffff_c000)
                .base(5, 0, -1);
    }

    private static List<String> addresses(PciDevice device) throws Exception {
        List<String> addresses = new ArrayList<>();
        for (BaseAddress base : device.baseAddresses()) {
            addresses.add("%s %x".formatted(base.kind(), base.address()));
        }
        return addresses;
    }

    @Test
    void whatComesGetsAddressesAndADriver() throws Exception {
        open();
        disk(4);
        check(4);
        assertEquals(List.of("attached 0000:00:04.0"), told);
        assertEquals(
                List.of("PORTS 1000", "MEMORY_32 10004000", "MEMORY_64 10000000"),
                addresses(bus.devices().getFirst()));
        check(4);
        assertEquals(1, told.size(), "said twice");
        assertEquals(List.of(), lines);
    }

    @Test
    void whatIsGoneIsLetGoOf() {
        disk(4);
        open();
        model.remove(0, 4, 0);
        check(4);
        assertEquals(List.of("detached 0000:00:04.0"), told);
        assertEquals(List.of(), bus.devices());
    }

    /** Between two looks. */
    @Test
    void anotherDeviceInItsPlaceIsAnotherOne() {
        disk(4);
        open();
        model.remove(0, 4, 0);
        disk(4).ids(0x1af4, 0x1042, 0x010000);
        check(4);
        assertEquals(List.of("detached 0000:00:04.0", "attached 0000:00:04.0"), told);
    }

    /** Its addresses say so. */
    @Test
    void aDeviceOfTheSameKindInItsPlaceIsAnotherOne() throws Exception {
        open();
        disk(4);
        check(4);
        bus.devices().getFirst().baseAddresses(); // as its driver has asked for them
        model.remove(0, 4, 0);
        disk(4);
        check(4);
        assertEquals(
                List.of("attached 0000:00:04.0", "detached 0000:00:04.0", "attached 0000:00:04.0"),
                told);
        assertEquals("MEMORY_32 10004000", addresses(bus.devices().getFirst()).get(1));
    }

    @Test
    void oneWhoseDriverDoesNotLetGoStaysKnown() {
        disk(4);
        open();
        letsGo = false;
        assertFalse(plug.release(slot(4)));
        assertEquals(1, bus.devices().size());
        assertEquals(1, lines.size(), lines::toString);
        letsGo = true;
        assertTrue(plug.release(slot(4)));
        assertEquals(List.of(), bus.devices());
    }

    /** Of a kind that does not follow what comes and goes. */
    @Test
    void oneThatADriverHasClaimedStaysKnown() throws Exception {
        disk(4);
        open();
        PciDevice device = bus.devices().getFirst();
        bus.claim(device, milliseconds -> {});
        assertFalse(plug.release(slot(4)));
        bus.release(device);
        assertTrue(plug.release(slot(4)));
    }

    @Test
    void whatIsTooLargeIsNotUsed() {
        open();
        disk(4).base(2, 0, 0xffe0_0000);
        check(4);
        assertEquals(List.of(), told);
        assertEquals(List.of(), bus.devices());
        assertEquals(
                List.of(
                        "pci 0000:00:04.0: no addresses are left for the 0x200000 bytes of base"
                                + " address 2"),
                lines);
    }

    @Test
    void withoutPortsItHasItsMemory() throws Exception {
        open();
        disk(4);
        plug.check(slot(4), WINDOWS.subList(0, 1), List.of());
        assertEquals(
                List.of("PORTS 0", "MEMORY_32 10004000", "MEMORY_64 10000000"),
                addresses(bus.devices().getFirst()));
    }

    /** It is gone when its addresses are written. */
    @Test
    void oneThatVanishesMeanwhileIsNotUsed() {
        open();
        disk(4).effect =
                (function, offset, value) -> {
                    if (offset == 0x14 && value != 0 && value != -1) {
                        model.remove(0, 4, 0);
                    }
                };
        check(4);
        assertEquals(List.of(), told);
        assertEquals(List.of(), bus.devices());
    }

    @Test
    void whatNobodyDrivesIsNamed() {
        open();
        disk(4).ids(0x10ec, 0x8139, 0x020000);
        check(4);
        assertEquals(
                List.of(
                        "no driver of this image takes pci 0000:00:04.0 [10ec:8139] Realtek,"
                                + " Ethernet controller, which has come"),
                lines);
    }

    @Test
    void bridgesAreNotUsed() {
        open();
        model.add(0, 4, 0).ids(0x1b36, 1, 0x060400).bridge(0, 0);
        check(4);
        assertEquals(List.of(), told);
        assertEquals(1, lines.size(), lines::toString);
    }

    /** Of a bridge's bus only what the bridge passes on; of the root bus, nothing of that. */
    @Test
    void addressesOfBridgesAreApart() throws Exception {
        PciModel.Function bridge = model.add(0, 2, 0).ids(0x1b36, 1, 0x060400).bridge(1, 1);
        bridge.bytes(4, "07 00").bytes(0x20, "00 10 00 10").bytes(0x1c, "f0 00");
        bridge.bytes(0x24, "f0 ff 00 00");
        open();
        List<AddressWindow> windows =
                List.of(new AddressWindow(Kind.MEMORY, 0x1000_0000, 0x103f_ffff));
        disk(4);
        plug.check(slot(4), windows, List.of());
        assertEquals(
                List.of("PORTS 0", "MEMORY_32 10104000", "MEMORY_64 10100000"),
                addresses(bus.devices().getFirst()));
        PciDevice found = bus.bridges().getFirst();
        model.add(1, 0, 0).ids(0x1af4, 0x1001, 0x010000).base(1, 0, 0xffff_f000);
        plug.check(new PciSlot(model, found, 1, 0), found.passedWindows(), List.of());
        assertEquals(List.of("MEMORY_32 10000000"), addresses(bus.devices().getLast()));
    }

    /** Whatever comes and goes, no two devices have an address in common. */
    @Test
    void noTwoDevicesHaveTheSameAddress() throws Exception {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            for (int device = 0; device < 32; device++) {
                model.remove(0, device, 0);
            }
            open();
            for (int i = 0; i < 60; i++) {
                int device = random.nextInt(32);
                model.remove(0, device, 0);
                if (random.nextInt(3) > 0) {
                    PciModel.Function function =
                            model.add(0, device, 0).ids(0x1af4, 0x1000 + i, 0x010000);
                    for (int base = 0; base < 6; base++) {
                        int size = 1 << 12 + random.nextInt(7);
                        function.base(base, 0, random.nextBoolean() ? -size : 0);
                    }
                }
                check(device);
            }
            List<AddressWindow> all = new ArrayList<>();
            for (PciDevice device : bus.devices()) {
                all.addAll(device.assignedWindows());
            }
            for (AddressWindow one : all) {
                assertTrue(one.first() >= 0x1000_0000 && one.last() <= 0x100f_ffff);
                assertEquals(
                        1,
                        all.stream()
                                .filter(other ->
                                        other.first() <= one.last() && one.first() <= other.last())
                                .count(),
                        "seed " + seed);
            }
        }
    }
}
