package dev.cortado.runtime.network;

import dev.cortado.runtime.net.tcp.TcpTransport;
import dev.cortado.runtime.net.time.NetworkClock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What a program has written before it ended reaches the other side, as it does where a kernel
 * outlives its processes.
 */
final class Farewell implements Runnable {
    /** A peer that acknowledges nothing, or has no room, is not waited for any longer. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(3);

    /** Between looks: nobody tells when the last byte is acknowledged. */
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

    private final TcpTransport tcp;
    private final NetworkClock clock;

    Farewell(TcpTransport tcp, NetworkClock clock) {
        this.tcp = tcp;
        this.clock = clock;
    }

    @Override
    public void run() {
        Thread.interrupted(); // it would not let this thread park
        long begin = clock.nanoTime();
        tcp.closeAll(begin);
        while (tcp.hasUnacknowledged() && clock.nanoTime() - begin < PATIENCE) {
            LockSupport.parkNanos(PAUSE);
        }
    }
}
