package dev.cortado.kernel.ipc;

import dev.cortado.kernel.memory.HostMemory;
import dev.cortado.kernel.memory.OrderedMemory;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Memory as one of several CPUs sees it when its writes stay in its store buffer as long as the
 * architecture allows (Intel SDM vol. 3A, 9.2): until a full fence. Before a chosen access
 * something else happens, such as what another CPU does.
 */
final class BufferedMemory implements OrderedMemory {
    private final HostMemory shared;
    private final Map<Long, Long> stores = new LinkedHashMap<>();
    private int untilInterruption = -1;
    private Runnable interruption;

    BufferedMemory(HostMemory shared) {
        this.shared = shared;
    }

    /** Lets {@code action} happen before access number {@code accesses} from now, from 0. */
    void interruptAfter(int accesses, Runnable action) {
        untilInterruption = accesses;
        interruption = action;
    }

    /** Whether the interruption that was asked for has not happened. */
    boolean isUndisturbed() {
        return untilInterruption >= 0;
    }

    private void step() {
        if (untilInterruption >= 0 && untilInterruption-- == 0) {
            interruption.run();
        }
    }

    @Override
    public long readLong(long address) {
        step();
        Long buffered = stores.get(address);
        return buffered != null ? buffered : shared.readLong(address);
    }

    @Override
    public void writeLong(long address, long value) {
        step();
        stores.remove(address);
        stores.put(address, value);
    }

    @Override
    public byte readByte(long address) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void writeByte(long address, byte value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long readLongAcquire(long address) {
        return readLong(address);
    }

    @Override
    public void writeLongRelease(long address, long value) {
        writeLong(address, value);
    }

    @Override
    public void fullFence() {
        step();
        stores.forEach(shared::writeLong);
        stores.clear();
    }

    @Override
    public void copyIn(byte[] source, int offset, long address, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void copyOut(long address, byte[] target, int offset, int length) {
        throw new UnsupportedOperationException();
    }
}
