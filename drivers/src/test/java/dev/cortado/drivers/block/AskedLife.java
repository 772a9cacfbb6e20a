package dev.cortado.drivers.block;

import dev.cortado.kernel.memory.DeviceBlock;
import java.io.IOException;

/** A driver of a small disk that does the same for each request. */
abstract class AskedLife implements RestartableBlockDevice.Life {
    static final int BLOCK_BYTES = 512;

    /** What a request does, or ends with. */
    abstract void answer() throws IOException;

    @Override
    public String name() {
        return "life";
    }

    @Override
    public long bytes() {
        return 64 * BLOCK_BYTES;
    }

    @Override
    public int blockBytes() {
        return BLOCK_BYTES;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public boolean canDiscard() {
        return true;
    }

    @Override
    public void read(long position, DeviceBlock buffer, long offset, int length)
            throws IOException {
        answer();
    }

    @Override
    public void write(long position, DeviceBlock buffer, long offset, int length)
            throws IOException {
        answer();
    }

    @Override
    public void flush() throws IOException {
        answer();
    }

    @Override
    public void discard(long position, long length) throws IOException {
        answer();
    }
}
