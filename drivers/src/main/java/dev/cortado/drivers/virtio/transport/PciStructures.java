package dev.cortado.drivers.virtio.transport;

import dev.cortado.drivers.pci.BaseAddress;
import dev.cortado.drivers.pci.Capability;
import dev.cortado.drivers.pci.CapabilityIds;
import dev.cortado.drivers.pci.PciDevice;
import dev.cortado.drivers.pci.PciException;
import dev.cortado.drivers.pci.PciFunction;
import dev.cortado.drivers.register.RegisterWindow;
import dev.cortado.drivers.register.Registers;
import java.util.HashMap;
import java.util.Map;

/**
 * Where a device on PCI has its registers (VIRTIO 1.2, 4.1.4): vendor-specific capabilities, each
 * of a structure in its memory or ports.
 */
public final class PciStructures {
    /** Of struct virtio_pci_cap. */
    private static final int LENGTH = 2;

    private static final int TYPE = 3;
    private static final int BASE = 4;
    private static final int OFFSET = 8;
    private static final int BYTES = 12;
    private static final int NOTIFY_MULTIPLIER = 16;
    private static final int CAPABILITY_BYTES = 16;

    /** Types of structures. */
    private static final int COMMON = 1;

    private static final int NOTIFY = 2;
    private static final int ISR = 3;
    private static final int DEVICE = 4;

    private static final int LAST_BASE = 5;
    private static final int CONFIGURATION_END = 256;

    private record Structure(BaseAddress base, long offset, long bytes, int capability) {}

    /** Makes registers of memory or ports that a device has. */
    public interface Mapper {
        /** All of them. */
        Registers map(BaseAddress base) throws PciException;
    }

    /**
     * The registers of a device.
     *
     * @param device its own configuration; may be empty
     */
    public record Mapped(
            Registers common,
            Registers notifications,
            int notifyMultiplier,
            Registers causes,
            Registers device) {}

    private static final class Nothing implements Registers {
        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public int read8(long offset) {
            return (int) Registers.check(this, offset, 1);
        }

        @Override
        public int read16(long offset) {
            return (int) Registers.check(this, offset, 2);
        }

        @Override
        public int read32(long offset) {
            return (int) Registers.check(this, offset, 4);
        }

        @Override
        public void write8(long offset, int value) {
            Registers.check(this, offset, 1);
        }

        @Override
        public void write16(long offset, int value) {
            Registers.check(this, offset, 2);
        }

        @Override
        public void write32(long offset, int value) {
            Registers.check(this, offset, 4);
        }
    }

    private final PciDevice device;
    private final Map<Integer, Structure> structures = new HashMap<>();

    private PciStructures(PciDevice device) {
        this.device = device;
    }

    /** Whether the device has any, so that it can be more than a legacy one. */
    public static boolean isModern(PciDevice device) throws PciException {
        return new PciStructures(device).find().structures.containsKey(COMMON);
    }

    /**
     * Finds and maps them.
     *
     * @throws PciException one that has to be there is not, or is not in the device's memory
     */
    public static Mapped map(PciDevice device, Mapper mapper) throws PciException {
        return new PciStructures(device).find().map(mapper);
    }

    /** Of each type, the first that there is a place for counts (4.1.4.1). */
    private PciStructures find() throws PciException {
        PciFunction function = device.function();
        for (Capability capability : device.capabilities()) {
            int at = capability.offset();
            if (capability.id() != CapabilityIds.VENDOR_SPECIFIC
                    || at + CAPABILITY_BYTES > CONFIGURATION_END
                    || function.read8(at + LENGTH) < CAPABILITY_BYTES) {
                continue;
            }
            int type = function.read8(at + TYPE);
            int base = function.read8(at + BASE);
            if (type >= COMMON && type <= DEVICE && base <= LAST_BASE) {
                long offset = Integer.toUnsignedLong(function.read32(at + OFFSET));
                long bytes = Integer.toUnsignedLong(function.read32(at + BYTES));
                BaseAddress address = device.baseAddress(base);
                if (!structures.containsKey(type)) {
                    if (!address.contains(offset, bytes)) {
                        throw error(
                                "structure " + type + " is outside of its base address " + base);
                    }
                    structures.put(type, new Structure(address, offset, bytes, at));
                }
            }
        }
        return this;
    }

    private Mapped map(Mapper mapper) throws PciException {
        Map<Integer, Registers> mapped = new HashMap<>();
        for (Structure structure : structures.values()) {
            if (!mapped.containsKey(structure.base().index())) {
                mapped.put(structure.base().index(), mapper.map(structure.base()));
            }
        }
        Registers own = structures.containsKey(DEVICE) ? window(mapped, DEVICE, 0) : new Nothing();
        return new Mapped(
                window(mapped, COMMON, PciTransport.COMMON_BYTES),
                window(mapped, NOTIFY, 2),
                notifyMultiplier(),
                window(mapped, ISR, 1),
                own);
    }

    private Registers window(Map<Integer, Registers> mapped, int type, int leastBytes)
            throws PciException {
        Structure structure = structures.get(type);
        if (structure == null || structure.bytes() < leastBytes) {
            throw error("it has no structure " + type + " of " + leastBytes + " bytes");
        }
        if ((structure.offset() & 3) != 0) {
            throw error("structure " + type + " begins at " + structure.offset());
        }
        return new RegisterWindow(
                mapped.get(structure.base().index()), structure.offset(), structure.bytes());
    }

    /** 4.1.4.4.1: an even power of two, or 0. */
    private int notifyMultiplier() throws PciException {
        int at = structures.get(NOTIFY).capability() + NOTIFY_MULTIPLIER;
        if (at + Integer.BYTES > CONFIGURATION_END) {
            throw error("its notification structure is cut short");
        }
        int multiplier = device.function().read32(at);
        if (multiplier < 0 || multiplier == 1 || Integer.bitCount(multiplier) > 1) {
            throw error("it multiplies notifications by " + Integer.toUnsignedString(multiplier));
        }
        return multiplier;
    }

    private PciException error(String message) {
        return new PciException(device.address(), "virtio: " + message);
    }
}
