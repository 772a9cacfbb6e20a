package dev.cortado.drivers.pci;

/**
 * A stretch of memory or ports that a device has.
 *
 * @param index of its register, the first of two for 64 bits
 * @param kind where it is
 * @param prefetchable reading it changes nothing, so that it may be mapped write-combining
 * @param address physical address or port of its first byte; 0 if the firmware gave it none
 * @param bytes a power of two
 */
public record BaseAddress(int index, Kind kind, boolean prefetchable, long address, long bytes) {
    /** Where it is, and how large an address may be. */
    public enum Kind {
        PORTS,
        MEMORY_32,
        MEMORY_64
    }

    public boolean isMemory() {
        return kind != Kind.PORTS;
    }

    public boolean isAssigned() {
        return address != 0;
    }

    /** Whether so many bytes at an offset are in it. */
    public boolean contains(long offset, long length) {
        return offset >= 0 && length >= 0 && length <= bytes && offset <= bytes - length;
    }
}
