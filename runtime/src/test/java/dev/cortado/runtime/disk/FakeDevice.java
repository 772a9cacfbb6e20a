package dev.cortado.runtime.disk;

import dev.cortado.drivers.block.BlockDevice;
import dev.cortado.drivers.block.BlockRange;
import dev.cortado.drivers.block.BlockTransfer;
import dev.cortado.kernel.memory.DeviceBlock;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jdk.internal.access.SharedSecrets;

/** A driver whose disk is memory. */
final class FakeDevice implements BlockDevice {
    final MemorySegment disk;
    final List<String> calls = new CopyOnWriteArrayList<>();
    volatile long bytes;
    volatile boolean readOnly;

    /** What the next calls end with. */
    volatile Throwable failure;

    /** A place that cannot be written or read; -1 for none. */
    volatile long badPlace = -1;

    /** What a call for it ends with. */
    volatile IOException badEnd = new IOException("a bad sector");

    volatile boolean writesZeroes;
    volatile boolean takesAnyMemory;

    /** What writing zeros ends with. */
    volatile IOException zeroesEnd;

    /** How many transfers it was given together, each time. */
    final List<Integer> together = new CopyOnWriteArrayList<>();

    /** Where the buffers of transfers are. */
    final List<Long> buffers = new CopyOnWriteArrayList<>();

    /** Runs in each transfer, after its call was noted. */
    volatile Runnable inTransfer = () -> {};

    FakeDevice(byte[] bytes) {
        disk = MemorySegment.ofArray(bytes);
        this.bytes = bytes.length;
    }

    private MemorySegment memory(DeviceBlock buffer, long offset, int length) {
        long address = buffer.address(offset, length);
        return MemorySegment.ofBuffer(
                SharedSecrets.getJavaNioAccess().newDirectByteBuffer(address, length, null, null));
    }

    private void note(String call) throws IOException {
        calls.add(call);
        switch (failure) {
            case null -> inTransfer.run();
            case IOException error -> throw error;
            case Error error -> throw error;
            case RuntimeException error -> throw error;
            default -> throw new AssertionError(failure);
        }
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public int blockBytes() {
        return 512;
    }

    @Override
    public boolean takesAnyMemory() {
        return takesAnyMemory;
    }

    @Override
    public boolean isReadOnly() {
        return readOnly;
    }

    @Override
    public boolean canDiscard() {
        return true;
    }

    @Override
    public void read(long position, DeviceBlock buffer, long offset, int length)
            throws IOException {
        BlockRange.check(this, position, length);
        buffers.add(buffer.address());
        note("read " + position + " " + length);
        if (position == badPlace) {
            throw badEnd;
        }
        memory(buffer, offset, length).copyFrom(disk.asSlice(position, length));
    }

    @Override
    public void write(long position, DeviceBlock buffer, long offset, int length)
            throws IOException {
        BlockRange.check(this, position, length);
        buffers.add(buffer.address());
        note("write " + position + " " + length);
        if (position == badPlace) {
            throw badEnd;
        }
        disk.asSlice(position, length).copyFrom(memory(buffer, offset, length));
    }

    @Override
    public void transfer(List<BlockTransfer> transfers) {
        together.add(transfers.size());
        transfers.forEach(transfer -> transfer.run(this));
    }

    @Override
    public boolean canWriteZeroes() {
        return writesZeroes;
    }

    @Override
    public void writeZeroes(long position, long length) throws IOException {
        BlockRange.check(this, position, length);
        note("zeros " + position + " " + length);
        if (zeroesEnd != null) {
            throw zeroesEnd;
        }
        disk.asSlice(position, length).fill((byte) 0);
    }

    @Override
    public void flush() throws IOException {
        note("flush");
    }

    @Override
    public void discard(long position, long length) throws IOException {
        BlockRange.check(this, position, length);
        note("discard " + position + " " + length);
    }
}
