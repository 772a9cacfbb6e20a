package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.open.PollState;
import dev.cortado.runtime.file.open.PollWait;
import java.io.IOException;

/**
 * Waits until an open file is ready or its number is closed. A virtual thread stops waiting when it
 * is interrupted, as that of the JDK does. Any other waits on (Linux: poll knows no interrupts):
 * whoever interrupts it closes the channel, or it is in none that is to be closed.
 */
final class ChannelWait {
    static final long FOR_EVER = PollWait.FOR_EVER;

    private ChannelWait() {}

    /**
     * @param events a set of {@link PollState}'s bits
     * @param nanos how long at most, or {@link #FOR_EVER}
     * @return which of them it is ready for, and those that are always told; 0 for none
     */
    static int await(int number, int events, long nanos) throws IOException {
        try {
            return await(OpenFiles.file(number), events, nanos);
        } catch (FileException e) {
            throw FileErrors.inputOutput(e);
        }
    }

    /** As above; who is interrupted still is afterwards. */
    static int await(OpenFile file, int events, long nanos) {
        long start = System.nanoTime();
        long left = nanos;
        boolean wasInterrupted = false;
        try {
            while (true) {
                try {
                    return PollWait.await(file, events, left);
                } catch (InterruptedException e) {
                    wasInterrupted = true;
                    if (Thread.currentThread().isVirtual()) {
                        return 0;
                    }
                    if (nanos != FOR_EVER) {
                        left = Math.max(nanos - (System.nanoTime() - start), 0);
                    }
                }
            }
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
