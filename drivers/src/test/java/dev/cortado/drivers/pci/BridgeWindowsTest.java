package dev.cortado.drivers.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.drivers.pci.AddressWindow.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** PCI-to-PCI Bridge Architecture 1.2, 3.2.5.6 to 3.2.5.10. */
final class BridgeWindowsTest {
    private static PciModel.Function bridge(int command) {
        PciModel.Function function = new PciModel.Function();
        function.ids(0x1b36, 0x000c, 0x060400).bridge(1, 1);
        return function.bytes(4, "%02x00".formatted(command));
    }

    private static List<AddressWindow> windows(PciModel.Function function) {
        return PciModel.device(function).passedWindows();
    }

    /** As SeaBIOS sets up a root port of QEMU's. */
    @Test
    void allThreeAreRead() {
        PciModel.Function function =
                bridge(7)
                        .bytes(0x1c, "d1 d1")
                        .bytes(0x20, "60 fe 70 fe")
                        .bytes(0x24, "01 00 11 00")
                        .bytes(0x28, "08 00 00 00 08 00 00 00");
        assertEquals(
                List.of(
                        new AddressWindow(Kind.PORTS, 0xd000, 0xdfff),
                        new AddressWindow(Kind.MEMORY, 0xfe60_0000L, 0xfe7f_ffffL),
                        new AddressWindow(Kind.PREFETCHABLE, 0x8_0000_0000L, 0x8_001f_ffffL)),
                windows(function));
    }

    @Test
    void whatIsNotDecodedIsNotPassedOn() {
        PciModel.Function function = bridge(0).bytes(0x1c, "d0 d0").bytes(0x20, "60 fe 70 fe");
        assertEquals(List.of(), windows(function));
    }

    @Test
    void aLimitBelowItsBaseIsNoWindow() {
        PciModel.Function function =
                bridge(7)
                        .bytes(0x1c, "f1 01")
                        .bytes(0x20, "f0 ff 00 00")
                        .bytes(0x24, "f1 ff 01 00");
        assertEquals(List.of(), windows(function));
    }

    /** Nor are those of a bridge that nobody has set up, or what no CPU reaches. */
    @Test
    void windowsThatCannotBeAreNone() {
        PciModel.Function function =
                bridge(7)
                        .bytes(0x1c, "01 01 00 00")
                        .bytes(0x30, "01 00 01 00")
                        .bytes(0x20, "00 00 10 00")
                        .bytes(0x24, "01 00 11 00")
                        .bytes(0x28, "00 00 00 ff 00 00 00 ff");
        assertEquals(List.of(), windows(function));
    }
}
