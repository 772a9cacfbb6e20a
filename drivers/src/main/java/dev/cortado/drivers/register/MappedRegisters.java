package dev.cortado.drivers.register;

import dev.cortado.kernel.memory.RingMemory;

/** Registers in memory. */
public final class MappedRegisters implements Registers {
    private final RingMemory memory;
    private final long address;
    private final long bytes;

    /**
     * @param address of the first, a multiple of 4
     */
    public MappedRegisters(RingMemory memory, long address, long bytes) {
        this.memory = memory;
        this.address = address;
        this.bytes = bytes;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public long address(long offset, int width) {
        return address + Registers.check(this, offset, width);
    }

    /** Bytes are read as they are; the fence keeps a loop from reading only once. */
    @Override
    public int read8(long offset) {
        int value = memory.readByte(address(offset, 1)) & 0xff;
        memory.fullFence();
        return value;
    }

    @Override
    public int read16(long offset) {
        return memory.readShortAcquire(address(offset, 2));
    }

    @Override
    public int read32(long offset) {
        return memory.readIntAcquire(address(offset, 4));
    }

    @Override
    public void write8(long offset, int value) {
        memory.fullFence();
        memory.writeByte(address(offset, 1), (byte) value);
    }

    @Override
    public void write16(long offset, int value) {
        memory.writeShortRelease(address(offset, 2), value);
    }

    @Override
    public void write32(long offset, int value) {
        memory.writeIntRelease(address(offset, 4), value);
    }
}
