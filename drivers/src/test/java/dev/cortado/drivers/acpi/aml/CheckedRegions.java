package dev.cortado.drivers.acpi.aml;

import dev.cortado.drivers.pci.PciAddress;

/** Regions of arbitrary contents, which check that accesses are what {@link RegionAccess} says. */
final class CheckedRegions implements RegionAccess {
    private long accesses;

    long accesses() {
        return accesses;
    }

    private long check(long address, int bytes, long last) {
        accesses++;
        boolean isSize = bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8;
        if (!isSize
                || Long.compareUnsigned(address, last) > 0
                || Long.compareUnsigned(bytes - 1, last - address) > 0) {
            throw new AssertionError(bytes + " bytes at 0x" + Long.toHexString(address));
        }
        return address * 0x9e37_79b9_7f4a_7c15L + accesses;
    }

    private void check(long address, int bytes, long last, long value) {
        check(address, bytes, last);
        if (bytes < Long.BYTES && value >>> bytes * Byte.SIZE != 0) {
            throw new AssertionError("0x" + Long.toHexString(value) + " has " + bytes + " bytes");
        }
    }

    private static void check(PciAddress function) {
        if ((function.segment() & ~0xffff) != 0
                || (function.bus() & ~0xff) != 0
                || (function.device() & ~0x1f) != 0
                || (function.function() & ~7) != 0) {
            throw new AssertionError(function);
        }
    }

    @Override
    public long readMemory(long address, int bytes) {
        return check(address, bytes, -1);
    }

    @Override
    public void writeMemory(long address, int bytes, long value) {
        check(address, bytes, -1, value);
    }

    @Override
    public long readPort(int port, int bytes) {
        return check(port, bytes, 0xffff);
    }

    @Override
    public void writePort(int port, int bytes, long value) {
        check(port, bytes, 0xffff, value);
    }

    @Override
    public long readConfiguration(PciAddress function, int offset, int bytes) {
        check(function);
        return check(offset, bytes, 0xfff);
    }

    @Override
    public void writeConfiguration(PciAddress function, int offset, int bytes, long value) {
        check(function);
        check(offset, bytes, 0xfff, value);
    }
}
