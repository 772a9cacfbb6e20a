package dev.cortado.drivers.pci.host;

import dev.cortado.drivers.acpi.AcpiDevice;
import dev.cortado.drivers.acpi.AcpiMachine;
import dev.cortado.drivers.acpi.aml.AmlException;
import dev.cortado.drivers.acpi.resource.AddressRange;
import dev.cortado.drivers.acpi.resource.MemoryRange;
import dev.cortado.drivers.acpi.resource.PortRange;
import dev.cortado.drivers.acpi.resource.Resource;
import dev.cortado.drivers.pci.AddressWindow;
import dev.cortado.drivers.pci.AddressWindow.Kind;
import java.util.ArrayList;
import java.util.List;

/** Addresses of a host bridge's bus, as the machine's tables say (ACPI 6.5, 6.2.2 and 6.4.3.5). */
final class RootWindows {
    /** Below are devices of old, of which not all are in tables. */
    private static final long FIRST_PORT = 0x1000;

    private static final long LAST_PORT = 0xffff;

    /** Below is memory that every PC has. */
    private static final long FIRST_ADDRESS = 0x10_0000;

    private static final long LAST_ADDRESS = (1L << 52) - 1;

    private RootWindows() {}

    /** What a host bridge passes on as it is. */
    static List<AddressWindow> of(AcpiDevice host) throws AmlException {
        List<AddressWindow> windows = new ArrayList<>();
        for (Resource resource : host.resources()) {
            if (resource instanceof AddressRange range
                    && !range.isConsumer()
                    && range.translation() == 0) {
                switch (range.kind()) {
                    case MEMORY ->
                            add(
                                    windows,
                                    Kind.MEMORY,
                                    range.minimum(),
                                    range.maximum(),
                                    FIRST_ADDRESS,
                                    LAST_ADDRESS);
                    case IO ->
                            add(
                                    windows,
                                    Kind.PORTS,
                                    range.minimum(),
                                    range.maximum(),
                                    FIRST_PORT,
                                    LAST_PORT);
                    default -> {}
                }
            }
        }
        return windows;
    }

    /** What other devices have, as far as the tables can be understood. */
    static List<AddressWindow> taken(AcpiMachine machine) {
        List<AddressWindow> taken = new ArrayList<>();
        for (AcpiDevice device : machine.devices()) {
            try {
                for (Resource resource : device.resources()) {
                    add(taken, resource);
                }
            } catch (AmlException e) {
                // Of one that nobody has a driver for.
            }
        }
        return taken;
    }

    private static void add(List<AddressWindow> taken, Resource resource) {
        switch (resource) {
            case MemoryRange(long minimum, long maximum, _, long length, _)
                    when minimum == maximum && length > 0 ->
                    add(taken, Kind.MEMORY, minimum, minimum + length - 1, 0, LAST_ADDRESS);
            case PortRange(int minimum, int maximum, _, int length)
                    when minimum == maximum && length > 0 ->
                    add(taken, Kind.PORTS, minimum, minimum + length - 1, 0, LAST_PORT);
            case AddressRange range when range.isConsumer() && range.length() > 0 -> {
                if (range.kind() == AddressRange.Kind.MEMORY) {
                    add(taken, Kind.MEMORY, range.minimum(), range.maximum(), 0, LAST_ADDRESS);
                } else if (range.kind() == AddressRange.Kind.IO) {
                    add(taken, Kind.PORTS, range.minimum(), range.maximum(), 0, LAST_PORT);
                }
            }
            default -> {}
        }
    }

    /** As far as it is between the least and the last. */
    private static void add(
            List<AddressWindow> windows, Kind kind, long from, long to, long least, long last) {
        long first = Math.max(from, least);
        long end = Math.min(to, last);
        if (from >= 0 && to >= from && first <= end) {
            windows.add(new AddressWindow(kind, first, end));
        }
    }
}
