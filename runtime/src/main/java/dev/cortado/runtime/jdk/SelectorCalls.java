package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.ReadyList;
import java.io.IOException;
import java.util.List;

/** What selectors do with the list of files that are ready. */
final class SelectorCalls {
    private SelectorCalls() {}

    static ReadyList.Registration watch(ReadyList list, int number, int events, Object key)
            throws IOException {
        try {
            return list.add(OpenFiles.file(number), events, key);
        } catch (FileException e) {
            throw FileErrors.inputOutput(e);
        }
    }

    /**
     * Waits as {@link ReadyList#await} does. Who interrupts the thread wakes the list, too, by the
     * hook of {@link java.nio.channels.spi.AbstractSelector#begin}: that is waited for, so that it
     * does not end the next selection.
     *
     * @return of each that is ready the key, and behind that its state
     */
    static Object[] await(ReadyList list, long nanos) {
        List<ReadyList.Ready> ready = awaitWakeUp(list, nanos);
        Object[] pairs = new Object[2 * ready.size()];
        int at = 0;
        for (ReadyList.Ready each : ready) {
            pairs[at++] = each.registration().attachment();
            pairs[at++] = each.state();
        }
        return pairs;
    }

    /** An interrupted thread waits on, and is interrupted again in the end. */
    private static List<ReadyList.Ready> awaitWakeUp(ReadyList list, long nanos) {
        long start = System.nanoTime();
        long left = nanos;
        boolean wasInterrupted = false;
        try {
            while (true) {
                try {
                    return list.await(left);
                } catch (InterruptedException e) {
                    wasInterrupted = true;
                    if (nanos != ReadyList.FOR_EVER) {
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
