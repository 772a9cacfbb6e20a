package dev.cortado.kernel.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A page that a hypervisor writes and a guest only reads, number by number. */
public class HypervisorPage implements OrderedMemory {
    private static final int BYTES = 4096;

    private final ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final long address;

    /** What the hypervisor does before each read. */
    private Runnable beforeRead = () -> {};

    /**
     * @param address where the guest has the page
     */
    public HypervisorPage(long address) {
        this.address = address;
    }

    /** As the hypervisor sees it. */
    public final ByteBuffer bytes() {
        return bytes;
    }

    public final void beforeRead(Runnable action) {
        beforeRead = action;
    }

    @Override
    public long readLong(long from) {
        beforeRead.run();
        return bytes.getLong(Math.toIntExact(from - address));
    }

    @Override
    public long readLongAcquire(long from) {
        return readLong(from);
    }

    @Override
    public byte readByte(long from) {
        throw new AssertionError("not needed");
    }

    @Override
    public void writeByte(long to, byte value) {
        throw new AssertionError("it is the hypervisor's");
    }

    @Override
    public void writeLong(long to, long value) {
        throw new AssertionError("it is the hypervisor's");
    }

    @Override
    public void writeLongRelease(long to, long value) {
        throw new AssertionError("it is the hypervisor's");
    }

    @Override
    public void fullFence() {
        throw new AssertionError("not needed");
    }

    @Override
    public void copyIn(byte[] source, int offset, long to, int length) {
        throw new AssertionError("it is the hypervisor's");
    }

    @Override
    public void copyOut(long from, byte[] target, int offset, int length) {
        throw new AssertionError("not needed");
    }
}
