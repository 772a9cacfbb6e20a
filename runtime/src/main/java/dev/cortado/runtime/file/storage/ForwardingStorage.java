package dev.cortado.runtime.file.storage;

import dev.cortado.runtime.file.FileException;
import java.nio.ByteBuffer;
import java.util.List;

/** A disk in front of another one, which does all that a subclass does not. */
public abstract class ForwardingStorage implements Storage {
    private final Storage storage;

    /**
     * @param storage that is behind it
     */
    protected ForwardingStorage(Storage storage) {
        this.storage = storage;
    }

    @Override
    public final String name() {
        return storage.name();
    }

    @Override
    public final long bytes() {
        return storage.bytes();
    }

    @Override
    public final int sectorBytes() {
        return storage.sectorBytes();
    }

    @Override
    public int physicalBytes() {
        return storage.physicalBytes();
    }

    @Override
    public final boolean isReadOnly() {
        return storage.isReadOnly();
    }

    @Override
    public final boolean canDiscard() {
        return storage.canDiscard();
    }

    @Override
    public void read(long position, ByteBuffer to) throws FileException {
        storage.read(position, to);
    }

    @Override
    public void write(long position, ByteBuffer from) throws FileException {
        storage.write(position, from);
    }

    @Override
    public void readAll(List<StoragePart> parts) throws FileException {
        storage.readAll(parts);
    }

    @Override
    public void writeAll(List<StoragePart> parts) throws FileException {
        storage.writeAll(parts);
    }

    @Override
    public void zero(long position, long length) throws FileException {
        storage.zero(position, length);
    }

    @Override
    public void flush() throws FileException {
        storage.flush();
    }

    @Override
    public void discard(long position, long length) throws FileException {
        storage.discard(position, length);
    }
}
