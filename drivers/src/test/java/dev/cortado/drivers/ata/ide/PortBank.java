package dev.cortado.drivers.ata.ide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.drivers.register.Registers;

/** Ports of a model's, which are read and written under its monitor, and as wide as they are. */
abstract class PortBank implements Registers {
    private final Object model;
    private final int count;

    PortBank(Object model, int count) {
        this.model = model;
        this.count = count;
    }

    abstract int read(int port);

    abstract void write(int port, int value);

    /** The data register. */
    int readWord() {
        throw new AssertionError("16 bits");
    }

    void writeWord(int value) {
        throw new AssertionError("16 bits");
    }

    /** The address of the table of regions. */
    void writeTable(int value) {
        throw new AssertionError("32 bits");
    }

    @Override
    public long bytes() {
        return count;
    }

    @Override
    public int read8(long offset) {
        synchronized (model) {
            return read((int) Registers.check(this, offset, 1));
        }
    }

    @Override
    public void write8(long offset, int value) {
        synchronized (model) {
            assertEquals(0, value & ~0xff);
            write((int) Registers.check(this, offset, 1), value);
        }
    }

    @Override
    public int read16(long offset) {
        synchronized (model) {
            assertEquals(0, offset, "data");
            return readWord();
        }
    }

    @Override
    public void write16(long offset, int value) {
        synchronized (model) {
            assertEquals(0, offset, "data");
            writeWord(value);
        }
    }

    @Override
    public int read32(long offset) {
        throw new AssertionError("32 bits");
    }

    @Override
    public void write32(long offset, int value) {
        synchronized (model) {
            assertEquals(4, offset);
            writeTable(value);
        }
    }
}
