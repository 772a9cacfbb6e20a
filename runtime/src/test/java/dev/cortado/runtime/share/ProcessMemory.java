package dev.cortado.runtime.share;

import dev.cortado.kernel.memory.RingMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/** The memory of the test's process, by its addresses, of which another process may have some. */
public final class ProcessMemory implements RingMemory {
    private static final VarHandle SHORT = ValueLayout.JAVA_SHORT.varHandle();
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    private final MemorySegment all = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    @Override
    public long readLong(long address) {
        return all.get(ValueLayout.JAVA_LONG, address);
    }

    @Override
    public void writeLong(long address, long value) {
        all.set(ValueLayout.JAVA_LONG, address, value);
    }

    @Override
    public byte readByte(long address) {
        return all.get(ValueLayout.JAVA_BYTE, address);
    }

    @Override
    public void writeByte(long address, byte value) {
        all.set(ValueLayout.JAVA_BYTE, address, value);
    }

    @Override
    public long readLongAcquire(long address) {
        return (long) LONG.getAcquire(all, address);
    }

    @Override
    public void writeLongRelease(long address, long value) {
        LONG.setRelease(all, address, value);
    }

    @Override
    public int readIntAcquire(long address) {
        return (int) INT.getAcquire(all, address);
    }

    @Override
    public void writeIntRelease(long address, int value) {
        INT.setRelease(all, address, value);
    }

    @Override
    public int readShortAcquire(long address) {
        return (short) SHORT.getAcquire(all, address) & 0xffff;
    }

    @Override
    public void writeShortRelease(long address, int value) {
        SHORT.setRelease(all, address, (short) value);
    }

    @Override
    public boolean compareAndSetInt(long address, int expected, int value) {
        return INT.compareAndSet(all, address, expected, value);
    }

    @Override
    public void fullFence() {
        VarHandle.fullFence();
    }

    @Override
    public void copyIn(byte[] source, int offset, long address, int length) {
        MemorySegment.copy(source, offset, all, ValueLayout.JAVA_BYTE, address, length);
    }

    @Override
    public void copyOut(long address, byte[] target, int offset, int length) {
        MemorySegment.copy(all, ValueLayout.JAVA_BYTE, address, target, offset, length);
    }
}
