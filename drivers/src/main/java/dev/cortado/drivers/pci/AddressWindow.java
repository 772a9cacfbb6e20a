package dev.cortado.drivers.pci;

/**
 * Addresses for devices on a bus, or that somebody has.
 *
 * @param first physical address or port
 * @param last itself included
 */
public record AddressWindow(Kind kind, long first, long last) {
    /** Of what. */
    public enum Kind {
        PORTS,
        MEMORY,

        /** Memory in which reading changes nothing: the bridge may read ahead. */
        PREFETCHABLE
    }

    /** Physical addresses of x86 have no more bits (Intel SDM vol. 3A, 4.1.4). */
    private static final long MEMORY_END = 1L << 52;

    private static final long PORT_END = 1L << 16;

    public AddressWindow {
        long end = kind == Kind.PORTS ? PORT_END : MEMORY_END;
        if (first < 0 || last < first || last >= end) {
            throw new IllegalArgumentException(
                    "no addresses from 0x%x to 0x%x".formatted(first, last));
        }
    }

    /** What a base address has, which is assigned. */
    static AddressWindow of(BaseAddress base) {
        Kind kind = base.isMemory() ? Kind.MEMORY : Kind.PORTS;
        return new AddressWindow(kind, base.address(), base.address() + base.bytes() - 1);
    }

    public boolean isMemory() {
        return kind != Kind.PORTS;
    }

    /** Whether some address is in both. */
    boolean overlaps(AddressWindow other) {
        return isMemory() == other.isMemory() && first <= other.last && other.first <= last;
    }
}
