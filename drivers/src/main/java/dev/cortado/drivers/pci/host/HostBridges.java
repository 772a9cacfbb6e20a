package dev.cortado.drivers.pci.host;

import dev.cortado.drivers.pci.ConfigurationSpace;
import dev.cortado.drivers.pci.EcamSpace;
import dev.cortado.drivers.pci.PortSpace;
import dev.cortado.drivers.register.PortRegisters;
import dev.cortado.drivers.register.RegisterMappings;
import dev.cortado.drivers.register.Registers;
import dev.cortado.kernel.firmware.Firmware;
import dev.cortado.kernel.firmware.PciConfigurationAreas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** Where the machine's PCI buses begin. */
public final class HostBridges {
    /** Of all buses that somebody has looked at; for good. */
    private static final RegisterMappings MAPPINGS = new RegisterMappings();

    private static boolean expected;

    private HostBridges() {}

    /** Called while the image is built, for a machine that may have some. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void expect() {
        expected = true;
    }

    /**
     * The configuration registers of all buses: in memory where the firmware says so, or else
     * behind two ports, if the machine has these.
     */
    public static List<ConfigurationSpace> spaces() {
        List<ConfigurationSpace> spaces = new ArrayList<>();
        if (!expected) {
            return spaces;
        }
        PciConfigurationAreas areas = Firmware.tables().pciConfiguration();
        for (int i = 0; i < areas.count(); i++) {
            long address = areas.address(i);
            spaces.add(
                    new EcamSpace(
                            areas.segment(i),
                            areas.firstBus(i),
                            areas.lastBus(i),
                            bus -> map(address + (long) bus * EcamSpace.BUS_BYTES)));
        }
        if (spaces.isEmpty()) {
            PortSpace ports =
                    new PortSpace(new PortRegisters(PortSpace.FIRST_PORT, PortSpace.PORT_COUNT));
            if (ports.exists()) {
                spaces.add(ports);
            }
        }
        return spaces;
    }

    private static Registers map(long physical) {
        try {
            return MAPPINGS.map(physical, EcamSpace.BUS_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
