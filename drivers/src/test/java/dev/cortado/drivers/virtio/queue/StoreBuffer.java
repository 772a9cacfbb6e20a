package dev.cortado.drivers.virtio.queue;

import dev.cortado.kernel.memory.HostMemory;
import dev.cortado.kernel.memory.RingMemory;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Memory as one CPU sees it whose writes stay in its store buffer as long as the architecture
 * allows (Intel SDM vol. 3A, 9.2): until a full fence. Before each access it waits for its turn.
 */
final class StoreBuffer implements RingMemory {
    private record Store(int bytes, long value) {}

    private final HostMemory shared;
    private final Runnable turn;
    private final Map<Long, Store> stores = new LinkedHashMap<>();

    StoreBuffer(HostMemory shared, Runnable turn) {
        this.shared = shared;
        this.turn = turn;
    }

    private static long read(HostMemory memory, long address, int bytes) {
        long value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            value = value << 8 | memory.readByte(address + i) & 0xff;
        }
        return value;
    }

    private long load(long address, int bytes) {
        turn.run();
        Store own = stores.get(address);
        if (own != null) {
            if (own.bytes() != bytes) {
                throw new AssertionError("read in another width than written");
            }
            return own.value();
        }
        return read(shared, address, bytes);
    }

    private void store(long address, int bytes, long value) {
        turn.run();
        stores.remove(address); // it moves behind the others
        stores.put(address, new Store(bytes, value & (bytes == 8 ? -1L : (1L << 8 * bytes) - 1)));
    }

    /** All that was written is seen by others. */
    void drain() {
        stores.forEach((address, store) -> {
            for (int i = 0; i < store.bytes(); i++) {
                shared.writeByte(address + i, (byte) (store.value() >>> 8 * i));
            }
        });
        stores.clear();
    }

    @Override
    public void fullFence() {
        turn.run();
        drain();
    }

    @Override
    public long readLong(long address) {
        return load(address, 8);
    }

    @Override
    public void writeLong(long address, long value) {
        store(address, 8, value);
    }

    @Override
    public byte readByte(long address) {
        return (byte) load(address, 1);
    }

    @Override
    public void writeByte(long address, byte value) {
        store(address, 1, value);
    }

    @Override
    public long readLongAcquire(long address) {
        return load(address, 8);
    }

    @Override
    public void writeLongRelease(long address, long value) {
        store(address, 8, value);
    }

    @Override
    public int readIntAcquire(long address) {
        return (int) load(address, 4);
    }

    @Override
    public void writeIntRelease(long address, int value) {
        store(address, 4, value);
    }

    @Override
    public int readShortAcquire(long address) {
        return (int) load(address, 2);
    }

    @Override
    public void writeShortRelease(long address, int value) {
        store(address, 2, value);
    }

    @Override
    public boolean compareAndSetInt(long address, int expected, int value) {
        throw new AssertionError("nothing in a queue is written by both sides");
    }

    @Override
    public void copyIn(byte[] source, int offset, long address, int length) {
        throw new AssertionError();
    }

    @Override
    public void copyOut(long address, byte[] target, int offset, int length) {
        throw new AssertionError();
    }
}
