package dev.cortado.drivers.virtio.transport;

import dev.cortado.drivers.register.Registers;
import java.nio.ByteBuffer;

/** Registers that do something when they are read or written. */
public abstract class RegisterFace implements Registers {
    /** Where they are said to lie. */
    public static final long ADDRESS = 0xfe00_0000L;

    private final long bytes;

    RegisterFace(long bytes) {
        this.bytes = bytes;
    }

    abstract int read(int offset, int width);

    abstract void write(int offset, int width, int value);

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public int read8(long offset) {
        return read((int) Registers.check(this, offset, 1), 1) & 0xff;
    }

    @Override
    public int read16(long offset) {
        return read((int) Registers.check(this, offset, 2), 2) & 0xffff;
    }

    @Override
    public int read32(long offset) {
        return read((int) Registers.check(this, offset, 4), 4);
    }

    @Override
    public void write8(long offset, int value) {
        write((int) Registers.check(this, offset, 1), 1, value & 0xff);
    }

    @Override
    public void write16(long offset, int value) {
        write((int) Registers.check(this, offset, 2), 2, value & 0xffff);
    }

    @Override
    public void write32(long offset, int value) {
        write((int) Registers.check(this, offset, 4), 4, value);
    }

    @Override
    public long address(long offset, int width) {
        return ADDRESS + Registers.check(this, offset, width);
    }

    static int readBytes(ByteBuffer buffer, int offset, int width) {
        return switch (width) {
            case 1 -> buffer.get(offset);
            case 2 -> buffer.getShort(offset);
            default -> buffer.getInt(offset);
        };
    }

    static void writeBytes(ByteBuffer buffer, int offset, int width, int value) {
        switch (width) {
            case 1 -> buffer.put(offset, (byte) value);
            case 2 -> buffer.putShort(offset, (short) value);
            default -> buffer.putInt(offset, value);
        }
    }

    static long low(long whole, int value) {
        return whole & 0xffff_ffff_0000_0000L | Integer.toUnsignedLong(value);
    }

    static long high(long whole, int value) {
        return whole & 0xffff_ffffL | (long) value << 32;
    }
}
