package dev.cortado.drivers.register;

/** Registers of 32 bits, for models of devices: other accesses fail the test. */
public interface WordRegisters extends Registers {
    @Override
    default int read8(long offset) {
        throw new AssertionError("registers have 32 bits");
    }

    @Override
    default int read16(long offset) {
        throw new AssertionError("registers have 32 bits");
    }

    @Override
    default void write8(long offset, int value) {
        throw new AssertionError("registers have 32 bits");
    }

    @Override
    default void write16(long offset, int value) {
        throw new AssertionError("registers have 32 bits");
    }
}
