package dev.cortado.runtime.net.ndp;

import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.link.EthernetLink;
import dev.cortado.runtime.net.link.InterfaceAddress;
import dev.cortado.runtime.net.time.Timer;
import dev.cortado.runtime.net.time.TimerQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Asks for routers, a few times until there is one (RFC 4861, 6.3.7). Its owner's lock guards it.
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

    /** There may be a router now. */
    void heard() {
        if (routers.hasRouters()) {
            timers.cancel(this);
        }
    }

    @Override
    protected void expired(long now) {
        lock.lock();
        try {
            solicit(now);
        } finally {
            lock.unlock();
        }
    }

    private void solicit(long now) {
        if (sent == MOST || routers.hasRouters()) {
            return;
        }
        sent++;
        for (InterfaceAddress address : link.addresses()) {
            if (Ipv6.isLinkLocal(address.high())
                    && address.state() != InterfaceAddress.State.TENTATIVE) {
                sender.routerSolicitation(link, address.high(), address.low(), now);
                break;
            }
        }
        timers.set(this, now + INTERVAL);
    }
}
