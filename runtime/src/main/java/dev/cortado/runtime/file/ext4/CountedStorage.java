package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.ForwardingStorage;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.StoragePart;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A disk of the size that it had when it was mounted: what is not there any more is an error of the
 * disk's (EIO), and nothing that whoever uses a file has asked for wrongly. Its written bytes are
 * counted, for the superblock, and it is not flushed if nothing was written since it was last: all
 * is committed every few seconds.
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

    private interface Request {
        void run() throws FileException;
    }

    private void run(Request request) throws FileException {
        try {
            request.run();
        } catch (FileException e) {
            throw e.errno() == Errno.EINVAL ? new FileException(Errno.EIO, name()) : e;
        }
    }

    @Override
    public void read(long position, ByteBuffer to) throws FileException {
        run(() -> super.read(position, to));
    }

    @Override
    public void readAll(List<StoragePart> parts) throws FileException {
        run(() -> super.readAll(parts));
    }

    @Override
    public void discard(long position, long length) throws FileException {
        run(() -> super.discard(position, length));
    }

    @Override
    public void write(long position, ByteBuffer from) throws FileException {
        int length = from.remaining();
        try {
            run(() -> super.write(position, from));
        } finally {
            requests.incrementAndGet();
        }
        written.addAndGet(length);
    }

    @Override
    public void writeAll(List<StoragePart> parts) throws FileException {
        long length = parts.stream().mapToLong(part -> part.bytes().remaining()).sum();
        try {
            run(() -> super.writeAll(parts));
        } finally {
            requests.incrementAndGet();
        }
        written.addAndGet(length);
    }

    @Override
    public void zero(long position, long length) throws FileException {
        try {
            run(() -> super.zero(position, length));
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
