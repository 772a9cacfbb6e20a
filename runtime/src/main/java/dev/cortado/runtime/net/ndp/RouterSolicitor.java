package dev.cortado.runtime.net.ndp;

import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.link.EthernetLink;
import dev.cortado.runtime.net.link.InterfaceAddress;
import dev.cortado.runtime.net.time.Timer;
import dev.cortado.runtime.net.time.TimerQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Asks for routers, a few times until one answers (RFC 4861, 6.3.7). Its owner's lock guards it.
 */
final class RouterSolicitor extends Timer {
    /** RFC 4861, 10: RTR_SOLICITATION_INTERVAL, MAX_RTR_SOLICITATIONS. */
    private static final long INTERVAL = 4_000_000_000L;

    private static final int MOST = 3;

    private final EthernetLink link;
    private final TimerQueue timers;
    private final NeighbourSender sender;
    private final RouterList routers;
    private final ReentrantLock lock;
    private int sent;

    /** There is a router, of which we have heard since the first question. */
    private boolean isAnswered;

    RouterSolicitor(
            EthernetLink link,
            TimerQueue timers,
            NeighbourSender sender,
            RouterList routers,
            ReentrantLock lock) {
        this.link = link;
        this.timers = timers;
        this.sender = sender;
        this.routers = routers;
        this.lock = lock;
    }

    /** There is a link-local address to ask from; only the first counts. */
    void begin(long now) {
        if (sent == 0) {
            solicit(now);
        }
    }

    /** The link may be another one, with other routers. Called without the lock. */
    void beginAgain(long now) {
        lock.lock();
        try {
            sent = 0;
            isAnswered = false;
            solicit(now);
        } finally {
            lock.unlock();
        }
    }

    /** There may be a router now. */
    void heard() {
        if (routers.hasRouters()) {
            isAnswered = true;
            timers.cancel(this);
        }
    }

    @Override
    protected void expired(long now) {
        lock.lock();
        try {
            if (!isSet()) {
                solicit(now);
            }
        } finally {
            lock.unlock();
        }
    }

    private void solicit(long now) {
        InterfaceAddress from = sent == MOST || isAnswered ? null : source();
        if (from != null) {
            sent++;
            sender.routerSolicitation(link, from.high(), from.low(), now);
            timers.set(this, now + INTERVAL);
        }
    }

    /** Null if there is none yet. */
    private InterfaceAddress source() {
        for (InterfaceAddress address : link.addresses()) {
            if (Ipv6.isLinkLocal(address.high())
                    && address.state() != InterfaceAddress.State.TENTATIVE) {
                return address;
            }
        }
        return null;
    }
}
