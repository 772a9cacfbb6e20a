package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Storage;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/** A disk whose written bytes are counted, for the superblock. */
final class CountedStorage implements Storage {
    private final Storage storage;
    private final AtomicLong written = new AtomicLong();

    CountedStorage(Storage storage) {
        this.storage = storage;
    }

    /** How many kibibytes were written since this was called last. */
    long takeKibibytes() {
        long kibibytes = written.get() / 1024;
        written.addAndGet(-kibibytes * 1024);
        return kibibytes;
    }

    @Override
    public String name() {
        return storage.name();
    }

    @Override
    public long bytes() {
        return storage.bytes();
    }

    @Override
    public int sectorBytes() {
        return storage.sectorBytes();
    }

    @Override
    public boolean isReadOnly() {
        return storage.isReadOnly();
    }

    @Override
    public boolean canDiscard() {
        return storage.canDiscard();
    }

    @Override
    public void read(long position, ByteBuffer to) throws FileException {
        storage.read(position, to);
    }

    @Override
    public void write(long position, ByteBuffer from) throws FileException {
        int length = from.remaining();
        storage.write(position, from);
        written.addAndGet(length);
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
