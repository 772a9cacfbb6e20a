package dev.cortado.drivers.xen.connection;

import dev.cortado.drivers.xen.store.StoreException;
import dev.cortado.drivers.xen.store.Watch;
import dev.cortado.drivers.xen.store.WatchEvent;
import dev.cortado.drivers.xen.store.WatchQueue;
import dev.cortado.drivers.xen.store.XenStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Notices that a domain is no more: what it had in xenstore is removed with it, which a domain that
 * may read it hears of. One thread for all connections.
 */
public final class Presence {
    private static final class Peer {
        private final Set<Link> links = new HashSet<>();
        private Watch watch;
    }

    private final XenStore store;
    private final WatchQueue queue = new WatchQueue();
    private final Map<Integer, Peer> peers = new HashMap<>();

    /** Links that have not ended, also those of domains that are no more. */
    private final Set<Link> open = new HashSet<>();

    private Thread thread;

    public Presence(XenStore store) {
        this.store = store;
    }

    /** Has a link end when the domain does; at once if there is no such domain. */
    void add(int domain, Link link) throws IOException {
        Peer peer;
        boolean first;
        synchronized (this) {
            if (thread == null) {
                thread = new Thread(this::run, "domains");
                thread.setDaemon(true);
                thread.start();
            }
            peer = peers.get(domain);
            first = peer == null;
            if (first) {
                peer = new Peer();
                peers.put(domain, peer);
            }
            peer.links.add(link);
            open.add(link);
        }
        if (first) {
            Watch watch = store.watch(ServiceName.of(domain, ServiceName.alive()), queue);
            synchronized (this) {
                peer.watch = watch;
            }
        }
        if (!isThere(domain)) {
            lose(domain);
        }
    }

    /** The link has ended; a watch that nobody needs ends at the next event. */
    synchronized void remove(int domain, Link link) {
        open.remove(link);
        Peer peer = peers.get(domain);
        if (peer != null) {
            peer.links.remove(link);
        }
    }

    public synchronized List<Link> all() {
        return new ArrayList<>(open);
    }

    boolean isThere(int domain) throws IOException {
        try {
            store.read(ServiceName.of(domain, ServiceName.alive()));
            return true;
        } catch (StoreException e) {
            // What is missing in a directory that we may not read is forbidden.
            if (e.is(StoreException.ENOENT) || e.is(StoreException.EACCES)) {
                return false;
            }
            throw e;
        }
    }

    private void run() {
        try {
            while (true) {
                WatchEvent event = queue.take();
                int domain = domainOf(event.watch());
                if (domain >= 0 && !isThere(domain)) {
                    lose(domain);
                }
            }
        } catch (InterruptedException | IOException e) {
            // xenstore is lost: nothing will be heard of anybody.
            for (Link link : all()) {
                link.lose();
            }
        }
    }

    private synchronized int domainOf(Watch watch) {
        for (Map.Entry<Integer, Peer> one : peers.entrySet()) {
            if (one.getValue().watch == watch) {
                return one.getKey();
            }
        }
        return -1;
    }

    private void lose(int domain) throws IOException {
        Peer peer;
        synchronized (this) {
            peer = peers.remove(domain);
        }
        if (peer == null) {
            return;
        }
        for (Link link : peer.links) {
            link.lose();
        }
        if (peer.watch != null) {
            peer.watch.close();
        }
    }

    /** Forgets everybody, whose links have been closed. */
    public void clear() throws IOException {
        List<Watch> watches = new ArrayList<>();
        synchronized (this) {
            Iterator<Peer> all = peers.values().iterator();
            while (all.hasNext()) {
                Watch watch = all.next().watch;
                if (watch != null) {
                    watches.add(watch);
                }
                all.remove();
            }
        }
        for (Watch watch : watches) {
            watch.close();
        }
    }
}
