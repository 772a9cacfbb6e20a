package dev.cortado.runtime.file.storage.partition;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.StoragePart;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

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
    public int physicalBytes() {
        return whole.physicalBytes();
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
    public void readAll(List<StoragePart> parts) throws FileException {
        List<StoragePart> moved = new ArrayList<>(parts.size());
        for (StoragePart part : parts) {
            long position = at(part.position(), part.bytes().remaining());
            moved.add(new StoragePart(position, part.bytes()));
        }
        whole.readAll(moved);
    }

    @Override
    public void writeAll(List<StoragePart> parts) throws FileException {
        List<StoragePart> moved = new ArrayList<>(parts.size());
        FileException failure = null;
        for (StoragePart part : parts) {
            try {
                long position = at(part.position(), part.bytes().remaining());
                moved.add(new StoragePart(position, part.bytes()));
            } catch (FileException e) {
                failure = failure == null ? e : failure;
            }
        }
        whole.writeAll(moved);
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void zero(long position, long length) throws FileException {
        whole.zero(at(position, length), length);
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
