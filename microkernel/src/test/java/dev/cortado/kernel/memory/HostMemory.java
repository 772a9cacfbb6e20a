package dev.cortado.kernel.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/** Memory that host threads share, from address {@link #BASE} on; fails accesses outside it. */
public final class HostMemory implements RingMemory {
    public static final long BASE = 0x1000;

    private static final VarHandle SHORT = ValueLayout.JAVA_SHORT.varHandle();
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    private final MemorySegment segment;

    public HostMemory(long bytes) {
        segment = Arena.ofAuto().allocate(bytes, 4096);
    }

    @Override
    public long readLong(long address) {
        return segment.get(ValueLayout.JAVA_LONG, address - BASE);
    }

    @Override
    public void writeLong(long address, long value) {
        segment.set(ValueLayout.JAVA_LONG, address - BASE, value);
    }

    @Override
    public byte readByte(long address) {
        return segment.get(ValueLayout.JAVA_BYTE, address - BASE);
    }

    @Override
    public void writeByte(long address, byte value) {
        segment.set(ValueLayout.JAVA_BYTE, address - BASE, value);
    }

    @Override
    public long readLongAcquire(long address) {
        return (long) LONG.getAcquire(segment, address - BASE);
    }

    @Override
    public void writeLongRelease(long address, long value) {
        LONG.setRelease(segment, address - BASE, value);
    }

    @Override
    public int readIntAcquire(long address) {
        return (int) INT.getAcquire(segment, address - BASE);
    }

    @Override
    public void writeIntRelease(long address, int value) {
        INT.setRelease(segment, address - BASE, value);
    }

    @Override
    public int readShortAcquire(long address) {
        return (short) SHORT.getAcquire(segment, address - BASE) & 0xffff;
    }

    @Override
    public void writeShortRelease(long address, int value) {
        SHORT.setRelease(segment, address - BASE, (short) value);
    }

    @Override
    public boolean compareAndSetInt(long address, int expected, int value) {
        return INT.compareAndSet(segment, address - BASE, expected, value);
    }

    @Override
    public void fullFence() {
        VarHandle.fullFence();
    }

    @Override
    public void copyIn(byte[] source, int offset, long address, int length) {
        MemorySegment.copy(source, offset, segment, ValueLayout.JAVA_BYTE, address - BASE, length);
    }

    @Override
    public void copyOut(long address, byte[] target, int offset, int length) {
        MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, address - BASE, target, offset, length);
    }
}
