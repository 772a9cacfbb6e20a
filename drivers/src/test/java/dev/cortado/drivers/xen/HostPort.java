package dev.cortado.drivers.xen;

import dev.cortado.drivers.xen.event.EventPort;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An event channel between threads of the host. Events merge, as they do on Xen. */
public final class HostPort implements EventPort {
    private final Semaphore own;
    private final Semaphore peers;
    private final AtomicInteger sent = new AtomicInteger();
    private volatile boolean closed;

    private HostPort(Semaphore own, Semaphore peers) {
        this.own = own;
        this.peers = peers;
    }

    /** Both ends. */
    public static HostPort[] pair() {
        Semaphore first = new Semaphore(0);
        Semaphore second = new Semaphore(0);
        return new HostPort[] {new HostPort(first, second), new HostPort(second, first)};
    }

    @Override
    public void send() {
        if (!closed) {
            sent.incrementAndGet();
            peers.release();
        }
    }

    @Override
    public boolean await(long deadline) throws InterruptedException {
        boolean came;
        if (deadline == Long.MAX_VALUE) {
            own.acquire();
            came = true;
        } else {
            long left = Math.max(0, deadline - System.nanoTime());
            came = own.tryAcquire(left, TimeUnit.NANOSECONDS);
        }
        own.drainPermits();
        return came;
    }

    public int sent() {
        return sent.get();
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
