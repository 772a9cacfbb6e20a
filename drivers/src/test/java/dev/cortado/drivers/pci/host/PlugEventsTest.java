package dev.cortado.drivers.pci.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.acpi.AcpiMachine;
import dev.cortado.drivers.acpi.Tables;
import dev.cortado.drivers.acpi.aml.AmlLimits;
import dev.cortado.drivers.acpi.aml.RegionAccess;
import dev.cortado.drivers.acpi.event.Aml;
import dev.cortado.drivers.acpi.event.EventModel;
import dev.cortado.drivers.acpi.event.GeneralEvents;
import dev.cortado.drivers.pci.AddressWindow;
import dev.cortado.drivers.pci.PciDevice;
import dev.cortado.drivers.pci.PciException;
import dev.cortado.drivers.pci.PciModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlugEventsTest {
    private final EventModel registers = new EventModel();
    private final PciModel model = new PciModel();
    private final List<String> told = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final HotPlugPorts ports = new HotPlugPorts();
    private boolean letsGo = true;
    private PciBus bus;

    /** QEMU's docs/specs/acpi_pci_hotplug.rst: each slot has a bit. */
    private final class HotPlugPorts implements RegionAccess {
        private static final int UP = 0xae00;
        private static final int DOWN = 0xae04;
        private static final int EJECT = 0xae08;

        private int up;
        private int down;

        @Override
        public long readPort(int port, int bytes) {
            int value = 0;
            if (port == UP) {
                value = up;
                up = 0;
            } else if (port == DOWN) {
                value = down;
                down = 0;
            }
            return value & 0xffff_ffffL;
        }

        @Override
        public void writePort(int port, int bytes, long value) {
            if (port == EJECT) {
                int device = Long.numberOfTrailingZeros(value);
                told.add("ejected " + device);
                model.remove(0, device, 0);
            }
        }
    }

    private GeneralEvents events(byte[] table) {
        bus = new PciBus(List.of(model));
        bus.addFollower(
                new PciFollower() {
                    @Override
                    public boolean attached(PciDevice device) {
                        told.add("attached " + device.address());
                        return true;
                    }

                    @Override
                    public boolean detached(PciDevice device) {
                        told.add("detached " + device.address());
                        return letsGo;
                    }
                });
        return new GeneralEvents(
                registers,
                List.of(table),
                host ->
                        AcpiMachine.load(
                                List.of(table),
                                new PortsAndConfiguration(),
                                host,
                                AmlLimits.DEFAULT),
                new PlugEvents(bus, lines::add),
                lines::add,
                () -> 0);
    }

    /** Ports of the hot plug, and memory and configuration in which nothing is. */
    private final class PortsAndConfiguration implements RegionAccess {
        @Override
        public long readPort(int port, int bytes) {
            return ports.readPort(port, bytes);
        }

        @Override
        public void writePort(int port, int bytes, long value) {
            ports.writePort(port, bytes, value);
        }

        @Override
        public long readMemory(long address, int bytes) {
            return 0;
        }
    }

    private void disk(int number, int device) {
        model.add(number, device, 0).ids(0x1af4, 0x1001, 0x010000).base(1, 0, 0xffff_f000);
    }

    /** The tables of QEMU's machine pc, whose event 1 is PCI's hot plug. */
    @Test
    void aDiskComesAndGoesOnQemusPc() throws PciException {
        GeneralEvents events = events(Tables.bytes("pc-dsdt.aml"));
        disk(0, 5);
        ports.up = 1 << 5;
        registers.status[0] = 2;
        events.service();
        assertEquals(List.of("attached 0000:00:05.0"), told);
        // Where the host bridge's window begins, behind the 64 MiB that the machine had.
        assertEquals(
                List.of(new AddressWindow(AddressWindow.Kind.MEMORY, 0x0400_0000, 0x0400_0fff)),
                bus.devices().getFirst().assignedWindows());
        ports.down = 1 << 5;
        registers.status[0] = 2;
        events.service();
        assertEquals(List.of("attached 0000:00:05.0", "detached 0000:00:05.0", "ejected 5"), told);
        assertEquals(List.of(), bus.devices());
        assertEquals(List.of(), lines);
        assertEquals(2, registers.enabled[0] & 2);
    }

    @Test
    void whatADriverStillHasIsNotEjected() {
        disk(0, 5);
        GeneralEvents events = events(Tables.bytes("pc-dsdt.aml"));
        letsGo = false;
        ports.down = 1 << 5;
        registers.status[0] = 2;
        events.service();
        assertEquals(List.of("detached 0000:00:05.0"), told);
        assertEquals(1, bus.devices().size());
        assertEquals(1, lines.size(), lines::toString);
    }

    private static byte[] table(byte[] devices, String name, int value) {
        return Tables.dsdt(
                Aml.terms(
                        Aml.scope(
                                "_SB_",
                                Aml.device("PCI0", Aml.hostBridge(), devices),
                                Aml.device("OTHR")),
                        Aml.scope("_GPE", Aml.method("_E01", Aml.notify(name, value)))));
    }

    private void happen(byte[] table) {
        GeneralEvents events = events(table);
        registers.status[0] = 2;
        events.service();
    }

    /** Through the bridge whose _ADR it is below. */
    @Test
    void aDeviceBehindABridgeIsFound() throws PciException {
        PciModel.Function bridge = model.add(0, 2, 0).ids(0x1b36, 0xc, 0x060400).bridge(3, 3);
        bridge.bytes(4, "06 00").bytes(0x20, "00 10 00 10");
        byte[] port =
                Aml.device(
                        "RP00",
                        Aml.number("_ADR", 0x2_0000),
                        Aml.device("S000", Aml.number("_ADR", 0)));
        GeneralEvents events = events(table(port, "\\/" + (char) 4 + "_SB_PCI0RP00S000", 1));
        disk(3, 0);
        registers.status[0] = 2;
        events.service();
        assertEquals(List.of("attached 0000:03:00.0"), told);
        assertEquals(
                List.of(new AddressWindow(AddressWindow.Kind.MEMORY, 0x1000_0000, 0x1000_0fff)),
                bus.devices().getFirst().assignedWindows());
    }

    @Test
    void allOfABusIsCheckedBehindBridgesToo() {
        model.add(0, 2, 0).ids(0x1b36, 0xc, 0x060400).bridge(3, 3).bytes(4, "06 00");
        GeneralEvents events = events(table(new byte[0], "\\._SB_PCI0", 0));
        model.add(0, 9, 0).ids(0x1af4, 0x1001, 0x010000);
        model.add(3, 1, 0).ids(0x1af4, 0x1001, 0x010000);
        registers.status[0] = 2;
        events.service();
        assertEquals(List.of("attached 0000:00:09.0", "attached 0000:03:01.0"), told);
    }

    @Test
    void anAddressThatCannotBeIsALine() {
        byte[] device = Aml.device("DEV0", Aml.number("_ADR", 0x20_0000));
        happen(table(device, "\\/" + (char) 3 + "_SB_PCI0DEV0", 1));
        assertEquals(List.of(), told);
        assertEquals(1, lines.size(), lines::toString);
        assertTrue(lines.getFirst().contains("_ADR 0x200000"), lines::toString);
        assertArrayEquals(new int[] {2, 0}, registers.enabled);
    }

    @Test
    void whatIsNotOnPciIsNoneOfOurs() {
        happen(table(new byte[0], "\\._SB_OTHR", 1));
        happen(table(new byte[0], "\\._SB_PCI0", 0x80));
        byte[] behind =
                Aml.device(
                        "BRDG",
                        Aml.number("_ADR", 0x7_0000),
                        Aml.device("DEV0", Aml.number("_ADR", 0)));
        happen(table(behind, "\\/" + (char) 4 + "_SB_PCI0BRDGDEV0", 1));
        assertEquals(List.of(), told);
        assertEquals(List.of(), lines);
    }

    @Test
    void aDeviceThatCannotBeEjectedIsALine() {
        disk(0, 5);
        byte[] device = Aml.device("DEV0", Aml.number("_ADR", 0x5_0000));
        happen(table(device, "\\/" + (char) 3 + "_SB_PCI0DEV0", 3));
        assertEquals(List.of("detached 0000:00:05.0"), told);
        assertEquals(1, lines.size(), lines::toString);
        happen(table(new byte[0], "\\._SB_PCI0", 3));
        assertEquals(2, lines.size(), lines::toString);
    }
}
