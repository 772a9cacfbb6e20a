package dev.cortado.runtime.file.storage.partition;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Storage;
import java.nio.ByteBuffer;

/** A disk that is an array, and keeps to its contract. */
public final class ByteStorage implements Storage {
    private final String name;
    private final byte[] bytes;
    private final int sectorBytes;
    private boolean readOnly;

    public ByteStorage(String name, byte[] bytes, int sectorBytes) {
        this.name = name;
        this.bytes = bytes;
        this.sectorBytes = sectorBytes;
    }

    public byte[] array() {
        return bytes;
    }

    public ByteStorage readOnly() {
        readOnly = true;
        return this;
    }

    private int at(long position, long length) throws FileException {
        long mask = sectorBytes - 1L;
        if (position < 0
                || length < 0
                || (position & mask) != 0
                || (length & mask) != 0
                || position > bytes.length - length) {
            throw new FileException(Errno.EINVAL, name);
        }
        return (int) position;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long bytes() {
        return bytes.length;
    }

    @Override
    public int sectorBytes() {
        return sectorBytes;
    }

    @Override
    public boolean isReadOnly() {
        return readOnly;
    }

    @Override
    public boolean canDiscard() {
        return false;
    }

    @Override
    public void read(long position, ByteBuffer to) throws FileException {
        to.put(bytes, at(position, to.remaining()), to.remaining());
    }

    @Override
    public void write(long position, ByteBuffer from) throws FileException {
        if (readOnly) {
            throw new FileException(Errno.EROFS, name);
        }
        from.get(bytes, at(position, from.remaining()), from.remaining());
    }

    @Override
    public void flush() {}

    @Override
    public void discard(long position, long length) {}
}
