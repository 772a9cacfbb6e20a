package dev.cortado.runtime.network;

import dev.cortado.kernel.ipc.PostponedInterrupt;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Who needs an address waits here for the first one, once. */
final class ConfigurationWait {
    private final long patience;

    private List<GuestInterface> interfaces = List.of();
    private long end;
    private volatile boolean over;

    /**
     * @param patience nanoseconds from the start
     */
    ConfigurationWait(long patience) {
        this.patience = patience;
    }

    /**
     * All interfaces are there, and ask for addresses.
     *
     * @param all to which others may be added
     */
    synchronized void start(List<GuestInterface> all) {
        interfaces = all;
        end = System.nanoTime() + patience;
        changed();
    }

    /** One may have an address. */
    synchronized void changed() {
        notifyAll();
    }

    private boolean isOver() {
        return interfaces.stream().anyMatch(GuestInterface::hasAddress)
                || interfaces.stream().noneMatch(GuestInterface::mayGetAddress);
    }

    /** Until one has an address, none can get one, or the time is over. */
    void await() {
        if (over) {
            return;
        }
        PostponedInterrupt.during(this::awaitEnd);
    }

    private synchronized void awaitEnd() throws InterruptedException {
        long left = end - System.nanoTime();
        while (!isOver() && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = end - System.nanoTime();
        }
        over = true;
    }
}
