package dev.cortado.drivers.register;

/** A part of others: a structure somewhere in a device's memory. */
public final class RegisterWindow implements Registers {
    private final Registers registers;
    private final long first;
    private final long bytes;

    public RegisterWindow(Registers registers, long first, long bytes) {
        if (first < 0 || bytes < 0 || first > registers.bytes() - bytes) {
            throw new IndexOutOfBoundsException(
                    bytes + " bytes at " + first + " of " + registers.bytes() + " of registers");
        }
        this.registers = registers;
        this.first = first;
        this.bytes = bytes;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    private long at(long offset, int width) {
        return first + Registers.check(this, offset, width);
    }

    @Override
    public long address(long offset, int width) {
        return registers.address(at(offset, width), width);
    }

    @Override
    public int read8(long offset) {
        return registers.read8(at(offset, 1));
    }

    @Override
    public int read16(long offset) {
        return registers.read16(at(offset, 2));
    }

    @Override
    public int read32(long offset) {
        return registers.read32(at(offset, 4));
    }

    @Override
    public void write8(long offset, int value) {
        registers.write8(at(offset, 1), value);
    }

    @Override
    public void write16(long offset, int value) {
        registers.write16(at(offset, 2), value);
    }

    @Override
    public void write32(long offset, int value) {
        registers.write32(at(offset, 4), value);
    }
}
