package dev.cortado.runtime.file.tmpfs;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what is used of something that there is a limited number of. */
final class Quota {
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    Quota(long limit) {
        this.limit = limit;
    }

    long limit() {
        return limit;
    }

    long free() {
        return limit - used.get();
    }

    boolean tryTake(long count) {
        long old = used.get();
        while (count <= limit - old) {
            if (used.compareAndSet(old, old + count)) {
                return true;
            }
            old = used.get();
        }
        return false;
    }

    /**
     * @throws FileException ENOSPC
     */
    void take(long count) throws FileException {
        if (!tryTake(count)) {
            throw new FileException(Errno.ENOSPC);
        }
    }

    void giveBack(long count) {
        used.addAndGet(-count);
    }
}
