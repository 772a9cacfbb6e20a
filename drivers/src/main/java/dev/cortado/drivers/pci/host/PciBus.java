package dev.cortado.drivers.pci.host;

import dev.cortado.drivers.pci.ConfigurationSpace;
import dev.cortado.drivers.pci.PciDevice;
import dev.cortado.drivers.pci.PciReset;
import dev.cortado.drivers.pci.PciScan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the machine has on PCI, bridges left out, and which of it a driver has. Found when it is
 * first asked for: who asks for nothing has nothing of this in its image.
 */
public final class PciBus {
    /** Bridges are not for a driver (PCI Code and ID Assignment, 1.7). */
    private static final int BASE_CLASS_BRIDGE = 0x06;

    private static PciBus machine;

    private final List<PciDevice> devices = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Set<PciDevice> claimed = new HashSet<>();

    /** A driver had them, or has. */
    private final Set<PciDevice> used = new HashSet<>();

    /** Looks at all buses. */
    PciBus(List<ConfigurationSpace> spaces) {
        for (ConfigurationSpace space : spaces) {
            try {
                PciScan.scan(space, problems::add).stream()
                        .filter(device -> device.classCode() >>> 16 != BASE_CLASS_BRIDGE)
                        .forEach(devices::add);
            } catch (UncheckedIOException e) {
                problems.add("pci segment " + space.segment() + ": " + e.getMessage());
            }
        }
    }

    /** This machine's. */
    public static synchronized PciBus get() {
        if (machine == null) {
            machine = new PciBus(HostBridges.spaces());
        }
        return machine;
    }

    /** In their order on the buses. */
    public List<PciDevice> devices() {
        return devices;
    }

    /** What there is, and cannot be used, in words. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** Whether a driver has it. */
    public synchronized boolean isClaimed(PciDevice device) {
        return claimed.contains(device);
    }

    /**
     * A driver has it from now on, alone. What an earlier one told it, which may have died of that,
     * is forgotten, if the device can be reset.
     *
     * @throws IOException another one has it, or it does not come back from its reset
     */
    void claim(PciDevice device, PciReset.Delay delay) throws IOException {
        if (isFirst(device)) {
            return;
        }
        boolean done = false;
        try {
            PciReset.reset(device, delay);
            done = true;
        } finally {
            if (!done) {
                release(device);
            }
        }
    }

    private synchronized boolean isFirst(PciDevice device) throws IOException {
        if (!claimed.add(device)) {
            throw new IOException(device + ": another driver has it");
        }
        return used.add(device);
    }

    synchronized void release(PciDevice device) {
        claimed.remove(device);
    }
}
