package dev.cortado.drivers.register;

import dev.cortado.kernel.cpu.Cpu;

/** Registers at ports. */
public final class PortRegisters implements Registers {
    private static final int PORTS = 1 << 16;

    private final int first;
    private final int count;

    public PortRegisters(int first, int count) {
        if (first < 0 || count < 0 || first > PORTS - count) {
            throw new IllegalArgumentException("no " + count + " ports from " + first + " on");
        }
        this.first = first;
        this.count = count;
    }

    @Override
    public long bytes() {
        return count;
    }

    private int at(long offset, int width) {
        return first + (int) Registers.check(this, offset, width);
    }

    @Override
    public int read8(long offset) {
        return Cpu.in8(at(offset, 1)) & 0xff;
    }

    @Override
    public int read16(long offset) {
        return Cpu.in16(at(offset, 2)) & 0xffff;
    }

    @Override
    public int read32(long offset) {
        return Cpu.in32(at(offset, 4));
    }

    @Override
    public void write8(long offset, int value) {
        Cpu.out8(at(offset, 1), value);
    }

    @Override
    public void write16(long offset, int value) {
        Cpu.out16(at(offset, 2), value);
    }

    @Override
    public void write32(long offset, int value) {
        Cpu.out32(at(offset, 4), value);
    }
}
