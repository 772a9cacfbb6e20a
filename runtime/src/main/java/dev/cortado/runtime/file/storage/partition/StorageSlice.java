package dev.cortado.runtime.file.storage.partition;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Storage;
import java.nio.ByteBuffer;

/** A part of a disk, which nobody can leave by it. */
final class StorageSlice implements Storage {
    private final Storage whole;
    private final String name;
    private final long start;
    private final long bytes;

    /**
     * @param start where it begins, a multiple of the disk's sectors, as is its size
     */
    StorageSlice(Storage whole, String name, long start, long bytes) {
        this.whole = whole;
        this.name = name;
        this.start = start;
        this.bytes = bytes;
    }

    private long at(long position, long length) throws FileException {
        if (position < 0 || length < 0 || position > bytes - length) {
            throw new FileException(Errno.EINVAL, name);
        }
        return start + position;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public int sectorBytes() {
        return whole.sectorBytes();
    }

    @Override
    public boolean isReadOnly() {
        return whole.isReadOnly();
    }

    @Override
    public boolean canDiscard() {
        return whole.canDiscard();
    }

    @Override
    public void read(long position, ByteBuffer to) throws FileException {
        whole.read(at(position, to.remaining()), to);
    }

    @Override
    public void write(long position, ByteBuffer from) throws FileException {
        whole.write(at(position, from.remaining()), from);
    }

    @Override
    public void flush() throws FileException {
        whole.flush();
    }

    @Override
    public void discard(long position, long length) throws FileException {
        whole.discard(at(position, length), length);
    }
}
