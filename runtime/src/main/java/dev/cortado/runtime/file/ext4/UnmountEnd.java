package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import java.util.concurrent.CountDownLatch;

/**
 * The end of an unmount. Whoever wants something to be on the disk meanwhile waits for it: what the
 * unmount is to write need not be there before.
 */
final class UnmountEnd {
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean isBegun;
    private volatile boolean isWritten;

    void begin() {
        isBegun = true;
    }

    /**
     * @param isAllWritten whether the unmount has written all
     */
    void end(boolean isAllWritten) {
        isWritten = isAllWritten;
        over.countDown();
    }

    /**
     * Returns at once if nobody unmounts. An interrupt is for afterwards.
     *
     * @throws FileException EIO if the unmount has not written all
     */
    void await() throws FileException {
        if (!isBegun) {
            return;
        }
        boolean interrupted = false;
        while (true) {
            try {
                over.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!isWritten) {
            throw new FileException(Errno.EIO, "the unmount has not written all");
        }
    }
}
