package dev.cortado.drivers.pci;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a function's base address registers and finds their sizes (PCI 3.0, 6.2.5.1): of an address
 * that is all ones, the device keeps the bits that it compares.
 */
final class BaseAddresses {
    private static final int PORTS = 1;
    private static final int TYPE_MASK = 0b110;
    private static final int TYPE_32 = 0b000;
    private static final int TYPE_64 = 0b100;
    private static final int PREFETCHABLE = 1 << 3;
    private static final int MEMORY_FLAGS = 0xf;
    private static final int PORT_FLAGS = 0x3;
    private static final long LOW = 0xffff_ffffL;
    private static final long PORT_LIMIT = 1L << 16;

    /** Physical addresses of x86 have no more bits (Intel SDM vol. 3A, 4.1.4). */
    private static final long MEMORY_LIMIT = 1L << 52;

    private final PciFunction function;
    private final List<BaseAddress> found = new ArrayList<>();

    private BaseAddresses(PciFunction function) {
        this.function = function;
    }

    /**
     * Those that the device has. It decodes none of them meanwhile; but a bridge does, through
     * which others are reached.
     *
     * @throws PciException one of them cannot be
     */
    static List<BaseAddress> read(PciFunction function) throws PciException {
        int command = function.read16(ConfigurationHeader.COMMAND);
        int decodes = ConfigurationHeader.COMMAND_PORTS | ConfigurationHeader.COMMAND_MEMORY;
        boolean isBridge = function.headerType() == ConfigurationHeader.TYPE_BRIDGE;
        boolean isStopped = (command & decodes) != 0 && !isBridge;
        if (isStopped) {
            function.write16(ConfigurationHeader.COMMAND, command & ~decodes);
        }
        try {
            BaseAddresses addresses = new BaseAddresses(function);
            int count = ConfigurationHeader.baseAddresses(function.headerType());
            for (int i = 0; i < count; ) {
                i += addresses.read(i, count);
            }
            return List.copyOf(addresses.found);
        } finally {
            if (isStopped) {
                function.write16(ConfigurationHeader.COMMAND, command);
            }
        }
    }

    /** Returns how many registers it had. */
    private int read(int index, int count) throws PciException {
        int value = function.read32(register(index));
        int mask = probe(index, value);
        if (mask == 0) {
            return 1; // not there
        }
        if ((value & PORTS) != 0) {
            readPorts(index, value, mask);
            return 1;
        }
        int flags = value & MEMORY_FLAGS;
        if ((mask & MEMORY_FLAGS) != flags) {
            throw error(index, "its type changes");
        }
        boolean prefetchable = (value & PREFETCHABLE) != 0;
        long address = value & LOW & ~MEMORY_FLAGS;
        switch (value & TYPE_MASK) {
            case TYPE_32 -> {
                long size = (~(mask & ~MEMORY_FLAGS) & LOW) + 1;
                add(index, BaseAddress.Kind.MEMORY_32, prefetchable, address, size, 1L << 32);
                return 1;
            }
            case TYPE_64 -> {
                if (index + 1 >= count) {
                    throw error(index, "64 bits, and no register for the upper ones");
                }
                int upper = function.read32(register(index + 1));
                long upperMask = probe(index + 1, upper) & LOW;
                long size = -(upperMask << 32 | mask & LOW & ~MEMORY_FLAGS);
                address |= (upper & LOW) << 32;
                add(index, BaseAddress.Kind.MEMORY_64, prefetchable, address, size, MEMORY_LIMIT);
                return 2;
            }
            default -> throw error(index, "reserved type " + (value & TYPE_MASK) / 2);
        }
    }

    private void readPorts(int index, int value, int mask) throws PciException {
        if ((mask & PORT_FLAGS) != (value & PORT_FLAGS) || (value & PORT_FLAGS) != PORTS) {
            throw error(index, "its type changes, or is reserved");
        }
        // The upper 16 bits may be zero whatever is written.
        int bits = mask & ~PORT_FLAGS & 0xffff;
        if (mask >>> 16 != 0 && mask >>> 16 != 0xffff) {
            throw error(index, "more ports than there are");
        }
        long size = PORT_LIMIT - bits;
        long address = value & LOW & ~PORT_FLAGS;
        add(index, BaseAddress.Kind.PORTS, false, address, size, PORT_LIMIT);
    }

    private void add(
            int index,
            BaseAddress.Kind kind,
            boolean prefetchable,
            long address,
            long size,
            long limit)
            throws PciException {
        if (size <= 0 || size > limit || (size & size - 1) != 0) {
            throw error(index, "0x" + Long.toHexString(size) + " bytes");
        }
        if ((address & size - 1) != 0 || Long.compareUnsigned(address, limit - size) > 0) {
            throw error(
                    index,
                    "address 0x"
                            + Long.toHexString(address)
                            + " of 0x"
                            + Long.toHexString(size)
                            + " bytes");
        }
        found.add(new BaseAddress(index, kind, prefetchable, address, size));
    }

    /** What the register keeps of all ones. */
    private int probe(int index, int value) {
        function.write32(register(index), -1);
        int kept = function.read32(register(index));
        function.write32(register(index), value);
        return kept;
    }

    private static int register(int index) {
        return ConfigurationHeader.BASE_ADDRESSES + index * Integer.BYTES;
    }

    private PciException error(int index, String message) {
        return function.error("base address " + index + " cannot be: " + message);
    }
}
