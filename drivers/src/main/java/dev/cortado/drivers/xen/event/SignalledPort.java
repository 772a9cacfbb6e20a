package dev.cortado.drivers.xen.event;

import dev.cortado.drivers.xen.hypercall.XenError;
import dev.cortado.kernel.ipc.Notification;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An event channel of this domain, whose events wake threads. */
public final class SignalledPort implements EventPort {
    /**
     * Those that have a signal word with the interrupt's handler. Nobody need hold on to them: the
     * word of one that is forgotten unclosed may still be signalled.
     */
    private static final Set<SignalledPort> OPEN = ConcurrentHashMap.newKeySet();

    private final Notification notification = new Notification();
    private final int epoch;
    private final boolean own;
    private final int number;
    private boolean closed;

    private SignalledPort(int number) {
        OPEN.add(this);
        own = false;
        this.number = number;
        epoch = epoch(EventChannels.bind(number, notification.word()));
    }

    private SignalledPort(int remoteDomain, int remotePort) throws IOException {
        OPEN.add(this);
        own = true;
        long opened =
                remotePort == 0
                        ? EventChannels.allocateUnbound(remoteDomain, notification.word())
                        : EventChannels.bindInterdomain(
                                remoteDomain, remotePort, notification.word());
        number = (int) opened;
        epoch = epoch(opened);
        if (number < 0) {
            OPEN.remove(this);
            String what = remotePort == 0 ? "a port for domain " : "port " + remotePort + " of ";
            throw new IOException(what + remoteDomain + ": " + XenError.text(number));
        }
    }

    private static int epoch(long opened) {
        return (int) (opened >>> Integer.SIZE);
    }

    /** A port that the tool stack has made. */
    public static SignalledPort of(int number) {
        return new SignalledPort(number);
    }

    /** A port that another domain may connect to. */
    public static SignalledPort offer(int remoteDomain) throws IOException {
        return new SignalledPort(remoteDomain, 0);
    }

    /** Connects to a port that another domain has offered to this one. */
    public static SignalledPort connect(int remoteDomain, int remotePort) throws IOException {
        if (remotePort <= 0) {
            throw new IOException("domain " + remoteDomain + " has no port " + remotePort);
        }
        return new SignalledPort(remoteDomain, remotePort);
    }

    /** What the other side has to know to connect. */
    public int number() {
        return number;
    }

    @Override
    public void send() {
        if (isOpen()) {
            EventChannels.notify(number);
        }
    }

    @Override
    public boolean await(long deadline) throws InterruptedException {
        return await(Notification.ANY, deadline);
    }

    /**
     * As {@link #await(long)} for one of several waiters, each of which gets all events.
     *
     * @param waiter a bit
     */
    public boolean await(long waiter, long deadline) throws InterruptedException {
        if (deadline == Long.MAX_VALUE) {
            return notification.await(waiter) != 0;
        }
        long left = deadline - System.nanoTime();
        return left > 0
                ? notification.await(waiter, Duration.ofNanos(left)) != 0
                : notification.poll(waiter) != 0;
    }

    /** Lets all who wait look, as an event would. */
    public void wake() {
        notification.signal(EventChannels.SIGNAL);
    }

    /** Also after a resume, when the number may be somebody else's. Who waits here is woken. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            EventChannels.close(number, epoch, own);
            wake();
            OPEN.remove(this);
        }
    }

    private synchronized boolean isOpen() {
        return !closed && epoch == EventChannels.epoch();
    }
}
