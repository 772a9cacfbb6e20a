package dev.cortado.drivers.acpi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.acpi.aml.AmlException;
import dev.cortado.drivers.acpi.aml.AmlHost;
import dev.cortado.drivers.acpi.aml.AmlInteger;
import dev.cortado.drivers.acpi.aml.AmlLimits;
import dev.cortado.drivers.acpi.aml.RegionModel;
import dev.cortado.drivers.acpi.resource.AddressRange;
import dev.cortado.drivers.acpi.resource.Interrupts;
import dev.cortado.drivers.pci.PciAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Machines of QEMU, and one that has what they lack: {@code routes.asl}. */
final class AcpiMachineTest {
    private final RegionModel regions = new RegionModel();

    private AcpiMachine load(String... tables) throws AmlException {
        List<byte[]> bytes = List.of(tables).stream().map(Tables::bytes).toList();
        AcpiMachine machine = AcpiMachine.load(bytes, regions, AmlHost.NONE, AmlLimits.DEFAULT);
        return machine;
    }

    private AcpiMachine loadWithoutProblems(String... tables) throws AmlException {
        AcpiMachine machine = load(tables);
        assertEquals(List.of(), machine.problems());
        return machine;
    }

    private static PciRouting routing(AcpiMachine machine) throws AmlException {
        return PciRouting.of(machine.devices("PNP0A03").getFirst()).orElseThrow();
    }

    /** Compared with iasl's disassembly of the package for I/O APICs. */
    @Test
    void q35RoutesAsItsTableSays() throws AmlException {
        PciRouting routing = routing(loadWithoutProblems("q35-dsdt.aml", "vmgenid-ssdt.aml"));
        List<String> routes =
                routing.routes().stream()
                        .map(route ->
                                route.device()
                                        + " "
                                        + route.pin()
                                        + " "
                                        + route.link().device().node().name()
                                        + " "
                                        + route.interrupt())
                        .toList();
        assertEquals(Tables.lines("q35-prt.txt"), routes);
        PciRouting.Route route = routing.route(31, 3).orElseThrow();
        assertEquals(new PinInterrupt(19, true, false), PciRouting.interrupt(route));
    }

    /** By the method's loop in iasl's disassembly: device and pin are added, modulo four. */
    @Test
    void pcRoutesAsItsMethodComputes() throws AmlException {
        // What SeaBIOS writes into the PIIX3's registers PIRQRCA to PIRQRCD.
        regions.writeConfiguration(new PciAddress(0, 0, 1, 0), 0x60, 4, 0x0b0b_0a0aL);
        PciRouting routing = routing(loadWithoutProblems("pc-dsdt.aml"));
        assertEquals(128, routing.routes().size());
        for (PciRouting.Route route : routing.routes()) {
            String name = "LNK" + "DABC".charAt((route.device() + route.pin()) % 4) + "";
            boolean isPowerManagement = route.device() == 1 && route.pin() == 0;
            assertEquals(isPowerManagement ? "LNKS" : name, route.link().device().node().name());
        }
        int[] expected = {11, 10, 10, 11};
        for (int pin = 0; pin < 4; pin++) {
            assertEquals(
                    new PinInterrupt(expected[pin], true, false),
                    PciRouting.interrupt(routing.route(4, pin).orElseThrow()));
        }
    }

    /** A link that is off is told to use the first of its possible interrupts: PIRQRCA gets 5. */
    @Test
    void aLinkOfPcThatIsOffIsSwitchedOn() throws AmlException {
        PciAddress bridge = new PciAddress(0, 0, 1, 0);
        regions.writeConfiguration(bridge, 0x60, 4, 0x8080_8080L);
        PciRouting routing = routing(loadWithoutProblems("pc-dsdt.aml"));
        PciRouting.Route route = routing.route(0, 1).orElseThrow();
        assertEquals(new PinInterrupt(5, true, false), PciRouting.interrupt(route));
        assertEquals(0x8080_8005L, regions.readConfiguration(bridge, 0x60, 4));
    }

    @Test
    void microvmListsItsVirtioDevices() throws AmlException {
        AcpiMachine machine = loadWithoutProblems("microvm-dsdt.aml");
        Interrupts interrupt = new Interrupts(List.of(47), true, false, false, false);
        assertEquals(List.of(new VirtioMmio(0xfeb0_2e00L, 0x200, interrupt)), machine.virtioMmio());
        assertEquals(OptionalLong.empty(), machine.generationIdAddress());
        assertEquals(
                List.of("FWCF", "RTC_", "GED_", "PWRB", "VR23"),
                machine.devices().stream().map(device -> device.node().name()).toList());
    }

    @Test
    void microvmWithPciHasAWindowForIt() throws AmlException {
        AcpiMachine machine = loadWithoutProblems("microvm-pcie-dsdt.aml");
        AcpiDevice bridge = machine.devices("PNP0A08").getFirst();
        assertTrue(
                bridge.resources().stream()
                        .anyMatch(resource ->
                                resource instanceof AddressRange range
                                        && range.kind() == AddressRange.Kind.MEMORY
                                        && range.minimum() == 0xc000_0000L));
        PciRouting.Route route = routing(machine).route(1, 3).orElseThrow();
        assertEquals(new PinInterrupt(16, true, false), PciRouting.interrupt(route));
    }

    /** VGIA is 0x3fff000 in the SSDT; the method adds 40 (QEMU's docs/specs/vmgenid). */
    @Test
    void theGenerationIdIsWhereItsDeviceSays() throws AmlException {
        AcpiMachine machine = loadWithoutProblems("q35-dsdt.aml", "vmgenid-ssdt.aml");
        assertEquals(OptionalLong.of(0x3ff_f028L), machine.generationIdAddress());
    }

    @Test
    void bothHalvesOfTheGenerationIdsAddressCount() throws AmlException {
        assertEquals(OptionalLong.of(0x12_ffff_f028L), load("routes.aml").generationIdAddress());
    }

    @Test
    void routesHaveLinksOrInterrupts() throws AmlException {
        AcpiMachine machine = load("routes.aml");
        PciRouting routing = routing(machine);
        assertEquals(4, routing.routes().size());
        assertEquals(
                new PinInterrupt(20, true, true),
                PciRouting.interrupt(routing.route(2, 0).orElseThrow()));
        assertEquals(Optional.empty(), routing.route(2, 1));
    }

    @Test
    void aLinkWithoutAnInterruptGetsOne() throws AmlException {
        PciRouting routing = routing(load("routes.aml"));
        PciRouting.Route route = routing.route(3, 1).orElseThrow();
        assertEquals(3, route.link().possible().size());
        assertEquals(new PinInterrupt(21, true, true), PciRouting.interrupt(route));
        assertEquals(List.of(21), route.link().current().getFirst().numbers());
        route.link().use(route.link().possible().get(2));
        assertEquals(new PinInterrupt(23, true, true), PciRouting.interrupt(route));
    }

    /** Its register is in the configuration space of 2:40:1f.0, as _SEG, _BBN and _ADR say. */
    @Test
    void aLinkWithAnOldDescriptorIsToldWithOne() throws AmlException {
        PciAddress bridge = new PciAddress(2, 0x40, 0x1f, 0);
        PciRouting routing = routing(load("routes.aml"));
        PciRouting.Route route = routing.route(3, 2).orElseThrow();
        assertEquals(new PinInterrupt(5, true, false), PciRouting.interrupt(route));
        assertEquals(5, regions.readConfiguration(bridge, 0x60, 1));
    }

    @Test
    void aLinkThatCannotBeToldKeepsItsInterrupt() throws AmlException {
        PciRouting routing = routing(load("routes.aml"));
        PciRouting.Route route = routing.route(31, 3).orElseThrow();
        assertEquals(new PinInterrupt(19, true, false), PciRouting.interrupt(route));
    }

    /** 2:40:01.0 is a bridge that passes on bus 0x41. */
    @Test
    void aDeviceBehindABridgeIsOnItsSecondaryBus() throws AmlException {
        PciAddress bridge = new PciAddress(2, 0x40, 1, 0);
        regions.writeConfiguration(bridge, 0x0e, 1, 0x81);
        regions.writeConfiguration(bridge, 0x19, 1, 0x41);
        regions.writeConfiguration(new PciAddress(2, 0x41, 5, 3), 0, 2, 0x8086);
        AcpiMachine machine = load("routes.aml");
        var field =
                machine.interpreter().find(machine.interpreter().root(), "\\_SB.PCI0.RP0.DEV.VID");
        assertEquals(new AmlInteger(0x8086), machine.interpreter().evaluate(field));
    }

    /** \_INI, then HALF's child, which is there although HALF only works; GONE's is not. */
    @Test
    void devicesAreInitialisedAsTheirStatusSays() throws AmlException {
        AcpiMachine machine = load("routes.aml");
        var root = machine.interpreter().root();
        assertEquals(new AmlInteger(11), machine.interpreter().evaluate(root.child("INIS")));
        assertEquals(new AmlInteger(1), machine.interpreter().evaluate(root.child("PICM")));
        assertEquals(0, machine.devices("BELOW000").size());
        assertEquals(1, machine.devices("BELOW001").size());
    }

    @Test
    void whatIsWrongWithOneDeviceCostsNoOtherOne() throws AmlException {
        AcpiMachine machine = load("routes.aml");
        assertEquals(1, machine.problems().size(), machine.problems().toString());
        assertEquals(0, machine.devices("WRONG000").size());
        assertEquals(1, machine.devices("BELOW002").size());
        Interrupts interrupt = new Interrupts(List.of(33), false, false, false, false);
        assertEquals(
                List.of(new VirtioMmio(0x10_0000_0000L, 0x200, interrupt)), machine.virtioMmio());
        String problem = machine.problems().getLast().getMessage();
        assertTrue(problem.contains("MMI2"), problem);
    }

    @Test
    void idsAndAddressesAreDecoded() throws AmlException {
        AcpiDevice bridge = load("routes.aml").devices("TESTBUS").getFirst();
        assertEquals(List.of("PNP0A08", "PNP0A03", "TESTBUS"), bridge.hardwareIds());
        assertEquals(2, bridge.segment());
        assertEquals(0x40, bridge.bus());
        assertEquals(List.of(), bridge.resources());
    }

    @Test
    void aBadDsdtIsAnErrorAndABadSsdtAProblem() throws AmlException {
        byte[] good = Tables.bytes("microvm-dsdt.aml");
        byte[] bad = Tables.bytes("vmgenid-ssdt.aml");
        bad[50]++;
        assertThrows(
                AmlException.class,
                () ->
                        AcpiMachine.load(
                                List.of(bad, good), regions, AmlHost.NONE, AmlLimits.DEFAULT));
        AcpiMachine machine =
                AcpiMachine.load(List.of(good, bad), regions, AmlHost.NONE, AmlLimits.DEFAULT);
        assertEquals(1, machine.problems().size());
        assertNotNull(machine.virtioMmio().getFirst());
    }
}
