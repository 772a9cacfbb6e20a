package dev.cortado.drivers.pci.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.drivers.acpi.AcpiMachine;
import dev.cortado.drivers.acpi.Tables;
import dev.cortado.drivers.acpi.aml.AmlException;
import dev.cortado.drivers.acpi.aml.AmlHost;
import dev.cortado.drivers.acpi.aml.AmlLimits;
import dev.cortado.drivers.acpi.aml.RegionModel;
import dev.cortado.drivers.acpi.event.Aml;
import dev.cortado.drivers.pci.AddressWindow;
import dev.cortado.drivers.pci.AddressWindow.Kind;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RootWindowsTest {
    private static AcpiMachine machine(byte[] table) throws AmlException {
        return AcpiMachine.load(List.of(table), new RegionModel(), AmlHost.NONE, AmlLimits.DEFAULT);
    }

    private static List<AddressWindow> windows(AcpiMachine machine) throws AmlException {
        return RootWindows.of(machine.devices("PNP0A03").getFirst());
    }

    /** Without the screen's memory, and the ports of old devices. */
    @Test
    void windowsOfQemusPc() throws AmlException {
        assertEquals(
                List.of(
                        new AddressWindow(Kind.PORTS, 0x1000, 0xffff),
                        new AddressWindow(Kind.MEMORY, 0x400_0000, 0xfebf_ffffL),
                        new AddressWindow(Kind.MEMORY, 0x1_0000_0000L, 0x1_7fff_ffffL)),
                windows(machine(Tables.bytes("pc-dsdt.aml"))));
    }

    /** Of which some consume, translate, are the wrong way round or beyond what a CPU has. */
    @Test
    void windowsThatCannotBeAreNone() throws AmlException {
        String quad = "8a2b00 00 %s 00 0000000000000000 %s %s %s 0000000000000000";
        String zero = "0000000000000000";
        byte[] template =
                HexFormat.of()
                        .parseHex(
                                (quad.formatted("01", "0000001000000000", "ffffff1000000000", zero)
                                                + quad.formatted(
                                                        "00",
                                                        "0000001000000000",
                                                        "ffffff1000000000",
                                                        "0000100000000000")
                                                + quad.formatted(
                                                        "00",
                                                        "ffffff1000000000",
                                                        "0000001000000000",
                                                        zero)
                                                + quad.formatted(
                                                        "00",
                                                        "00000000000000ff",
                                                        "ffffffffffffffff",
                                                        zero)
                                                + quad.formatted(
                                                        "00",
                                                        "0000000000000000",
                                                        "ffffffffffffff7f",
                                                        zero)
                                                + "7900")
                                        .replace(" ", ""));
        byte[] bridge = Aml.terms(Aml.hostBridge(), Aml.buffer("_CRS", template));
        assertEquals(
                List.of(new AddressWindow(Kind.MEMORY, 0x10_0000, (1L << 52) - 1)),
                windows(machine(Tables.dsdt(Aml.scope("_SB_", Aml.device("PCI0", bridge))))));
    }
}
