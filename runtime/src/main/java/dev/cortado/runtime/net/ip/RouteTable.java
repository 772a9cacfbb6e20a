package dev.cortado.runtime.net.ip;

import dev.cortado.runtime.net.link.Link;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Routes, the longest prefix first, then the smallest metric. A host has few: they are looked
 * through, in an array that never changes, without a lock.
 */
public final class RouteTable {
    /** Most routes; a router's advertisements may make some. */
    public static final int LIMIT = 256;

    private static final Comparator<Route> ORDER =
            Comparator.comparingInt((Route route) -> -route.prefixLength())
                    .thenComparingInt(Route::metric);

    private final ReentrantLock changes = new ReentrantLock();
    private volatile Route[] routes = {};

    /**
     * Adds a route, in place of the one to the same network by the same gateway and link.
     *
     * @return false if there are too many
     */
    public boolean add(Route route) {
        changes.lock();
        try {
            Route[] others = without(old -> isReplaced(old, route));
            if (others.length == LIMIT) {
                return false;
            }
            Route[] more = Arrays.copyOf(others, others.length + 1);
            more[others.length] = route;
            Arrays.sort(more, ORDER);
            routes = more;
            return true;
        } finally {
            changes.unlock();
        }
    }

    private static boolean isReplaced(Route old, Route route) {
        return old.isSameNetwork(route)
                && old.link() == route.link()
                && old.gatewayHigh() == route.gatewayHigh()
                && old.gatewayLow() == route.gatewayLow();
    }

    public void remove(Predicate<Route> which) {
        changes.lock();
        try {
            routes = without(which);
        } finally {
            changes.unlock();
        }
    }

    private Route[] without(Predicate<Route> which) {
        return Arrays.stream(routes).filter(which.negate()).toArray(Route[]::new);
    }

    /** All routes, in their order; not to be changed. */
    public Route[] all() {
        return routes;
    }

    /**
     * The route to an address; one whose link is down is the last resort.
     *
     * @param interfaceIndex of the link that it has to be by, or 0
     * @return null if there is none
     */
    Route find(long high, long low, int interfaceIndex) {
        Route down = null;
        for (Route route : routes) {
            Link link = route.link();
            if ((interfaceIndex == 0 || link.index() == interfaceIndex)
                    && route.contains(high, low)) {
                if (link.isUp()) {
                    return route;
                }
                down = down == null ? route : down;
            }
        }
        return down;
    }
}
