package dev.cortado.runtime.net.ndp;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.ip.IpLayer;
import dev.cortado.runtime.net.ip.Route;
import dev.cortado.runtime.net.link.EthernetLink;
import dev.cortado.runtime.net.time.TimerQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The default routers of an interface and the prefixes that are on its link (RFC 4861, 5.1), with
 * their routes. Its owner's lock guards it.
 */
final class RouterList {
    /** Most routers, and most prefixes. */
    static final int LIMIT = 16;

    /** A lifetime that does not end, of a prefix. */
    static final long INFINITE = 0xffff_ffffL;

    private static final long SECOND = 1_000_000_000L;
    private static final int METRIC = 1024;

    private final EthernetLink link;
    private final IpLayer ip;
    private final TimerQueue timers;
    private final DropCounters drops;
    private final ReentrantLock lock;
    private final List<DefaultRouter> routers = new ArrayList<>();
    private final List<OnLinkPrefix> prefixes = new ArrayList<>();

    RouterList(
            EthernetLink link,
            IpLayer ip,
            TimerQueue timers,
            DropCounters drops,
            ReentrantLock lock) {
        this.link = link;
        this.ip = ip;
        this.timers = timers;
        this.drops = drops;
        this.lock = lock;
    }

    boolean hasRouters() {
        return !routers.isEmpty();
    }

    /**
     * A router offers itself.
     *
     * @param lifetime seconds; 0 if it does no longer
     */
    void router(long high, long low, int lifetime, long now) {
        DefaultRouter known = null;
        for (DefaultRouter router : routers) {
            if (router.high == high && router.low == low) {
                known = router;
            }
        }
        if (lifetime == 0) {
            if (known != null) {
                timers.cancel(known);
                remove(known);
            }
            return;
        }
        if (known == null) {
            if (routers.size() == LIMIT) {
                drops.count(DropReason.NDP_IGNORED);
                return;
            }
            known = new DefaultRouter(this, high, low);
            routers.add(known);
            ip.routes().add(route(known));
        }
        timers.set(known, now + lifetime * SECOND);
    }

    void expired(DefaultRouter router) {
        lock.lock();
        try {
            if (!router.isSet()) {
                remove(router);
            }
        } finally {
            lock.unlock();
        }
    }

    private void remove(DefaultRouter router) {
        routers.remove(router);
        Route gone = route(router);
        ip.routes().remove(gone::equals);
    }

    private Route route(DefaultRouter router) {
        return Route.toEverywhere(new IpAddress(router.high, router.low), link, METRIC);
    }

    /**
     * If it is a router that does not answer, the others are taken before it (RFC 4861, 6.3.6).
     * Called without the lock.
     */
    void lost(long high, long low) {
        lock.lock();
        try {
            for (DefaultRouter router : routers) {
                if (router.high == high && router.low == low) {
                    // Of routes that are as good, the one that was added last is the last.
                    ip.routes().add(route(router));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * A prefix is on the link.
     *
     * @param valid seconds, {@link #INFINITE}, or 0 if it is no longer
     */
    void onLink(long high, long low, int length, long valid, long now) {
        OnLinkPrefix known = null;
        for (OnLinkPrefix prefix : prefixes) {
            if (prefix.high == high && prefix.low == low && prefix.length == length) {
                known = prefix;
            }
        }
        if (valid == 0) {
            if (known != null) {
                timers.cancel(known);
                remove(known);
            }
            return;
        }
        if (known == null) {
            if (prefixes.size() == LIMIT) {
                drops.count(DropReason.NDP_IGNORED);
                return;
            }
            known = new OnLinkPrefix(this, high, low, length);
            prefixes.add(known);
            ip.routes().add(route(known));
        }
        if (valid == INFINITE) {
            timers.cancel(known);
        } else {
            timers.set(known, now + valid * SECOND);
        }
    }

    private Route route(OnLinkPrefix prefix) {
        IpAddress network = new IpAddress(prefix.high, prefix.low);
        return Route.of(network, prefix.length, null, link, METRIC);
    }

    void expired(OnLinkPrefix prefix) {
        lock.lock();
        try {
            if (!prefix.isSet()) {
                remove(prefix);
            }
        } finally {
            lock.unlock();
        }
    }

    private void remove(OnLinkPrefix prefix) {
        prefixes.remove(prefix);
        Route gone = route(prefix);
        ip.routes().remove(gone::equals);
    }
}
