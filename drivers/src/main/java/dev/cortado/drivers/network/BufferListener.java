package dev.cortado.drivers.network;

/**
 * Somebody who takes a pool's buffers as soon as there are some: while he is hungry he hears of
 * those that come back. Made while there is memory: nothing more is needed when there is none left,
 * which is when buffers are missing.
 */
public final class BufferListener {
    private final Runnable feed;
    private volatile boolean isHungry;

    BufferListener(Runnable feed) {
        this.feed = feed;
    }

    public boolean isHungry() {
        return isHungry;
    }

    /** Who found no buffer says so, and looks again: one may have come back in between. */
    public void setHungry(boolean hungry) {
        if (isHungry != hungry) {
            isHungry = hungry;
        }
    }

    void tell() {
        if (isHungry) {
            try {
                feed.run();
            } catch (OutOfMemoryError e) {
                // He is still hungry, and hears of the next one; who gave this one back goes on.
            }
        }
    }
}
