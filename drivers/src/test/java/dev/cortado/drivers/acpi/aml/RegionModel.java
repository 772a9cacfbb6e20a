package dev.cortado.drivers.acpi.aml;

import dev.cortado.drivers.pci.PciAddress;
import java.util.HashMap;
import java.util.Map;

/** Memory, ports and configuration spaces that keep what is written; the rest is 0. */
public final class RegionModel implements RegionAccess {
    private final Map<String, Byte> bytes = new HashMap<>();

    /** Accesses, in order, such as {@code "write port 0x70 1 0x20"}. */
    private final StringBuilder log = new StringBuilder();

    public String log() {
        return log.toString();
    }

    @Override
    public long readMemory(long address, int count) {
        return read("memory", address, count);
    }

    @Override
    public void writeMemory(long address, int count, long value) {
        write("memory", address, count, value);
    }

    @Override
    public long readPort(int port, int count) {
        return read("port", port, count);
    }

    @Override
    public void writePort(int port, int count, long value) {
        write("port", port, count, value);
    }

    @Override
    public long readConfiguration(PciAddress function, int offset, int count) {
        return read(function.toString(), offset, count);
    }

    @Override
    public void writeConfiguration(PciAddress function, int offset, int count, long value) {
        write(function.toString(), offset, count, value);
    }

    private long read(String space, long address, int count) {
        note("read", space, address, count, "");
        long value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = value << 8 | bytes.getOrDefault(space + (address + i), (byte) 0) & 0xff;
        }
        return value;
    }

    private void write(String space, long address, int count, long value) {
        note("write", space, address, count, " 0x" + Long.toHexString(value));
        for (int i = 0; i < count; i++) {
            bytes.put(space + (address + i), (byte) (value >>> i * 8));
        }
    }

    private void note(String what, String space, long address, int count, String value) {
        if (log.length() < 100_000) {
            log.append(String.format("%s %s 0x%x %d%s%n", what, space, address, count, value));
        }
    }
}
