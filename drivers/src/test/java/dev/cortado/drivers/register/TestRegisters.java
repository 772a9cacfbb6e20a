package dev.cortado.drivers.register;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Registers that are bytes, and what was written to them in which width. */
public final class TestRegisters implements Registers {
    public final ByteBuffer bytes;
    public final List<String> writes = new ArrayList<>();

    public TestRegisters(int count) {
        bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public long bytes() {
        return bytes.capacity();
    }

    private int at(long offset, int width) {
        return (int) Registers.check(this, offset, width);
    }

    private void note(int width, long offset, int value) {
        writes.add(width + "@" + Long.toHexString(offset) + "=" + Integer.toHexString(value));
    }

    @Override
    public int read8(long offset) {
        return bytes.get(at(offset, 1)) & 0xff;
    }

    @Override
    public int read16(long offset) {
        return bytes.getShort(at(offset, 2)) & 0xffff;
    }

    @Override
    public int read32(long offset) {
        return bytes.getInt(at(offset, 4));
    }

    @Override
    public void write8(long offset, int value) {
        note(8, offset, value & 0xff);
        bytes.put(at(offset, 1), (byte) value);
    }

    @Override
    public void write16(long offset, int value) {
        note(16, offset, value & 0xffff);
        bytes.putShort(at(offset, 2), (short) value);
    }

    @Override
    public void write32(long offset, int value) {
        note(32, offset, value);
        bytes.putInt(at(offset, 4), value);
    }
}
