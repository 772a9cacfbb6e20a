package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.ForwardingStorage;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.StoragePart;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A disk whose written bytes are counted, for the superblock, and which is not flushed if nothing
 * was written since it was last: all is committed every few seconds.
 */
final class CountedStorage extends ForwardingStorage {
    private final AtomicLong written = new AtomicLong();

    /** Requests that may have written something. */
    private final AtomicLong requests = new AtomicLong();

    /** How many of them the last flush was for; -1 before the first. */
    private final AtomicLong flushed = new AtomicLong(-1);

    CountedStorage(Storage storage) {
        super(storage);
    }

    /** How many kibibytes were written since this was called last. */
    long takeKibibytes() {
        long kibibytes = written.get() / 1024;
        written.addAndGet(-kibibytes * 1024);
        return kibibytes;
    }

    @Override
    public void write(long position, ByteBuffer from) throws FileException {
        int length = from.remaining();
        try {
            super.write(position, from);
        } finally {
            requests.incrementAndGet();
        }
        written.addAndGet(length);
    }

    @Override
    public void writeAll(List<StoragePart> parts) throws FileException {
        long length = parts.stream().mapToLong(part -> part.bytes().remaining()).sum();
        try {
            super.writeAll(parts);
        } finally {
            requests.incrementAndGet();
        }
        written.addAndGet(length);
    }

    @Override
    public void zero(long position, long length) throws FileException {
        try {
            super.zero(position, length);
        } finally {
            requests.incrementAndGet();
        }
        written.addAndGet(length);
    }

    @Override
    public void flush() throws FileException {
        long now = requests.get();
        if (flushed.get() != now) {
            super.flush();
            flushed.accumulateAndGet(now, Math::max);
        }
    }
}
