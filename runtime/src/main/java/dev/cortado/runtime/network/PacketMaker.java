package dev.cortado.runtime.network;

import dev.cortado.drivers.network.NetworkBuffers;
import dev.cortado.runtime.net.time.Timer;
import dev.cortado.runtime.net.time.TimerQueue;

/**
 * Makes the buffers that nobody has needed yet, a few at a time, once a program has had a second to
 * begin: later there may be no memory for them, and what the network takes stays as it is. Where
 * there is none it is tried again a second later.
 */
final class PacketMaker extends Timer {
    static final long PATIENCE = 1_000_000_000;
    static final long INTERVAL = 20_000_000;
    static final int MOST = 64;

    private final NetworkBuffers buffers;
    private final TimerQueue timers;

    PacketMaker(NetworkBuffers buffers, TimerQueue timers) {
        this.buffers = buffers;
        this.timers = timers;
    }

    void start(long now) {
        timers.set(this, now + PATIENCE);
    }

    @Override
    protected void expired(long now) {
        int made = buffers.makeSome(MOST);
        if (!buffers.areAllMade()) {
            timers.set(this, now + (made == MOST ? INTERVAL : PATIENCE));
        }
    }
}
