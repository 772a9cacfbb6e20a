package dev.cortado.drivers.xen.connection;

import dev.cortado.drivers.xen.connection.Hypervisor.SharedPage;
import dev.cortado.drivers.xen.store.Permission;
import dev.cortado.drivers.xen.store.StoreException;
import dev.cortado.drivers.xen.store.Watch;
import dev.cortado.drivers.xen.store.WatchQueue;
import dev.cortado.drivers.xen.store.XenStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes connections to services of other domains. */
public final class ClientSide {
    private final Hypervisor hypervisor;
    private final XenStore store;
    private final Presence presence;
    private final SharedPages pages;
    private long lastConnection;

    public ClientSide(Hypervisor hypervisor, XenStore store, Presence presence, SharedPages pages) {
        this.hypervisor = hypervisor;
        this.store = store;
        this.presence = presence;
        this.pages = pages;
    }

    public Link connect(int self, int domain, String name, int kind, int capacity, Duration timeout)
            throws IOException, InterruptedException, TimeoutException {
        if (!ConnectionHeader.isCapacity(capacity)) {
            throw new IllegalArgumentException("No capacity of a connection: " + capacity);
        }
        long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout);
        String service = ServiceName.of(domain, ServiceName.own(name));
        String node;
        synchronized (this) {
            node = service + "/clients/" + self + '-' + ++lastConnection;
        }
        WatchQueue queue = new WatchQueue();
        try (Watch watch = store.watch(service, queue)) {
            while (!exists(service + "/clients")) {
                await(queue, deadline, "domain " + domain + " has no service " + name);
            }
            Link link = offer(domain, node, kind, capacity);
            boolean accepted = false;
            try {
                presence.add(domain, link);
                String answer = store.readTextOrNull(node);
                while (!ServiceName.ACCEPTED.equals(answer)) {
                    if (link.isLost() || answer == null) {
                        throw new IOException(
                                "Domain " + domain + " refuses a connection to " + name);
                    }
                    await(queue, deadline, "no answer of " + name + " in domain " + domain);
                    answer = store.readTextOrNull(node);
                }
                accepted = true;
                return link;
            } finally {
                if (!accepted) {
                    link.close();
                }
                store.remove(node);
            }
        }
    }

    private static void await(WatchQueue queue, long deadline, String reason)
            throws IOException, InterruptedException, TimeoutException {
        long left = deadline - System.nanoTime();
        if (left <= 0 || queue.poll(Duration.ofNanos(left)) == null) {
            throw new TimeoutException(reason);
        }
    }

    private boolean exists(String path) throws IOException {
        try {
            store.read(path);
            return true;
        } catch (StoreException e) {
            if (e.is(StoreException.ENOENT) || e.is(StoreException.EACCES)) {
                return false;
            }
            throw e;
        }
    }

    private Link offer(int domain, String node, int kind, int capacity) throws IOException {
        int perChannel = ConnectionHeader.channelPages(capacity);
        SharedPage[] shared = pages.share(domain, 1 + 2 * perChannel);
        PeerPort port = hypervisor.offerPort(domain);
        if (port == null) {
            giveUp(shared);
            throw new IOException("No event channel to domain " + domain);
        }
        int[] references = new int[shared.length - 1];
        long[] addresses = new long[references.length];
        for (int i = 0; i < references.length; i++) {
            references[i] = shared[i + 1].reference();
            addresses[i] = shared[i + 1].address();
        }
        ConnectionHeader header = new ConnectionHeader(hypervisor.memory(), shared[0].address());
        header.initialize(kind, capacity, references);
        Release release = new Release(port, () -> giveUp(shared));
        Link link =
                new Link(
                        header,
                        new PagedMemory(hypervisor.memory(), addresses),
                        capacity,
                        true,
                        port,
                        release);
        release.onRun(() -> presence.remove(domain, link));
        boolean offered = false;
        try {
            store.inTransaction(transaction -> {
                transaction.write(node, ServiceName.offer(shared[0].reference(), port.number()));
                // The first one is the owner: xenstore knows which domain wrote the node.
                int owner = transaction.permissions(node).get(0).domain();
                transaction.setPermissions(
                        node,
                        List.of(
                                new Permission(owner, Permission.Access.NONE),
                                new Permission(domain, Permission.Access.BOTH)));
                return null;
            });
            offered = true;
        } finally {
            if (!offered) {
                link.close();
            }
        }
        return link;
    }

    private void giveUp(SharedPage[] shared) {
        for (SharedPage page : shared) {
            pages.giveUp(page);
        }
    }
}
