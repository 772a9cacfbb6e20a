package dev.cortado.drivers.pci;

import java.util.ArrayList;
import java.util.List;

/** What a bridge passes on to the bus behind it (PCI-to-PCI Bridge Architecture 1.2, 3.2.5). */
final class BridgeWindows {
    /** The lower bits of a base say how many bits an address has. */
    private static final int WIDTH_MASK = 0xf;

    private static final int PORTS_32 = 1;
    private static final int MEMORY_64 = 1;

    private static final int PORT_SHIFT = 8;
    private static final long PORT_MASK = 0xfff;
    private static final int MEMORY_SHIFT = 16;
    private static final long MEMORY_MASK = 0xf_ffff;

    private final PciFunction bridge;
    private final List<AddressWindow> found = new ArrayList<>();

    private BridgeWindows(PciFunction bridge) {
        this.bridge = bridge;
    }

    /** Those that are open: with a limit that is not below its base, and decoded. */
    static List<AddressWindow> of(PciFunction bridge) {
        BridgeWindows windows = new BridgeWindows(bridge);
        int command = bridge.read16(ConfigurationHeader.COMMAND);
        if ((command & ConfigurationHeader.COMMAND_PORTS) != 0) {
            windows.addPorts();
        }
        if ((command & ConfigurationHeader.COMMAND_MEMORY) != 0) {
            windows.addMemory();
            windows.addPrefetchable();
        }
        return windows.found;
    }

    private void addPorts() {
        int base = bridge.read8(ConfigurationHeader.PORT_BASE);
        int limit = bridge.read8(ConfigurationHeader.PORT_BASE + 1);
        boolean isAbove =
                (base & WIDTH_MASK) == PORTS_32
                        && bridge.read16(ConfigurationHeader.PORT_BASE_UPPER) != 0;
        if (!isAbove) { // x86 has no such ports
            long first = (long) (base & ~WIDTH_MASK) << PORT_SHIFT;
            long last = (long) (limit & ~WIDTH_MASK) << PORT_SHIFT | PORT_MASK;
            add(AddressWindow.Kind.PORTS, first, last);
        }
    }

    private void addMemory() {
        int registers = bridge.read32(ConfigurationHeader.MEMORY_BASE);
        add(AddressWindow.Kind.MEMORY, first(registers), last(registers));
    }

    private void addPrefetchable() {
        int registers = bridge.read32(ConfigurationHeader.PREFETCHABLE_BASE);
        long first = first(registers);
        long last = last(registers);
        if ((registers & WIDTH_MASK) == MEMORY_64) {
            first |= (long) bridge.read32(ConfigurationHeader.PREFETCHABLE_BASE_UPPER) << 32;
            last |= (long) bridge.read32(ConfigurationHeader.PREFETCHABLE_LIMIT_UPPER) << 32;
        }
        add(AddressWindow.Kind.PREFETCHABLE, first, last);
    }

    private static long first(int registers) {
        return (long) (registers & 0xffff & ~WIDTH_MASK) << MEMORY_SHIFT;
    }

    private static long last(int registers) {
        return (long) (registers >>> Short.SIZE & ~WIDTH_MASK) << MEMORY_SHIFT | MEMORY_MASK;
    }

    /** Windows that begin at 0 are those of a bridge that nobody has set up. */
    private void add(AddressWindow.Kind kind, long first, long last) {
        if (first > 0 && last >= first && last >>> 52 == 0) {
            found.add(new AddressWindow(kind, first, last));
        }
    }
}
