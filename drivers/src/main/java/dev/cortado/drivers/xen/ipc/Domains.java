package dev.cortado.drivers.xen.ipc;

import dev.cortado.drivers.xen.connection.ClientSide;
import dev.cortado.drivers.xen.connection.ConnectionHeader;
import dev.cortado.drivers.xen.connection.Hypervisor;
import dev.cortado.drivers.xen.connection.Link;
import dev.cortado.drivers.xen.connection.Presence;
import dev.cortado.drivers.xen.connection.ServiceName;
import dev.cortado.drivers.xen.connection.ServiceSide;
import dev.cortado.drivers.xen.connection.SharedPages;
import dev.cortado.drivers.xen.store.Permission;
import dev.cortado.drivers.xen.store.XenStore;
import dev.cortado.drivers.xen.vchan.Vchan;
import dev.cortado.drivers.xen.vchan.VchanHeader;
import dev.cortado.drivers.xen.vchan.Vchans;
import dev.cortado.kernel.ipc.Endpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * Services of other domains, and those that this one offers to them.
 *
 * <p>When this domain is moved to another host, or saved and restored, connections end: then
 * connect again. Services stay.
 */
public final class Domains {
    /** Of each direction of a connection, in bytes; messages are shorter than half of that. */
    public static final int CAPACITY = 1 << 15;

    /** In place of a domain's number: all that there are and will be. */
    public static final int ALL = -1;

    private final XenStore store;
    private final Presence presence;
    private final SharedPages pages;
    private final ClientSide clients;
    private final ServiceSide services;
    private final Vchans vchans;
    private final List<DomainListener> listeners = new ArrayList<>();
    private int self = -1;

    /** What this domain has; its connections end when it is suspended. */
    public static Domains get() throws IOException {
        return GuestDomains.get();
    }

    Domains(Hypervisor hypervisor, XenStore store) {
        this.store = store;
        presence = new Presence(store);
        pages = new SharedPages(hypervisor);
        clients = new ClientSide(hypervisor, store, presence, pages);
        services = new ServiceSide(hypervisor, presence);
        vchans = new Vchans(hypervisor, store, pages);
    }

    /** This domain's number. */
    public synchronized int self() throws IOException {
        if (self < 0) {
            String text = store.readText("domid");
            int number;
            try {
                number = Integer.parseInt(text);
            } catch (NumberFormatException e) {
                throw new IOException("No number of a domain: " + text, e);
            }
            announce(number);
            self = number;
        }
        return self;
    }

    /** What others look at to see that we are there. */
    private void announce(int number) throws IOException {
        store.inTransaction(transaction -> {
            transaction.write(ServiceName.alive(), "");
            transaction.setPermissions(
                    ServiceName.alive(), List.of(new Permission(number, Permission.Access.READ)));
            return null;
        });
    }

    /**
     * Connects to a service of another domain, which is waited for.
     *
     * @throws IOException if the service refuses
     * @throws TimeoutException if there is none, or no answer, in time
     */
    public DomainChannel connect(int domain, String service, Duration timeout)
            throws IOException, InterruptedException, TimeoutException {
        return connect(domain, service, CAPACITY, timeout);
    }

    /**
     * @param capacity of each direction in bytes, a power of two from 1024 to 131072
     */
    public DomainChannel connect(int domain, String service, int capacity, Duration timeout)
            throws IOException, InterruptedException, TimeoutException {
        int kind = ConnectionHeader.KIND_CHANNELS;
        return new DomainChannel(
                domain, clients.connect(self(), domain, service, kind, capacity, timeout));
    }

    /** Connects to an endpoint that another domain offers; otherwise as {@link #connect}. */
    public <Q, R> RemoteEndpoint<Q, R> connectEndpoint(
            int domain, String service, Codec<Q, R> codec, Duration timeout)
            throws IOException, InterruptedException, TimeoutException {
        int kind = ConnectionHeader.KIND_CALLS;
        Link link = clients.connect(self(), domain, service, kind, CAPACITY, timeout);
        return new RemoteEndpoint<>(new DomainChannel(domain, link), codec);
    }

    /**
     * Lets other domains connect to this one.
     *
     * @param domains which ones, or {@link #ALL}; nobody who is not named here or in {@link
     *     DomainListener#admit}
     */
    public DomainListener listen(String service, int... domains) throws IOException {
        return listen(service, ConnectionHeader.KIND_CHANNELS, domains);
    }

    private DomainListener listen(String service, int kind, int[] domains) throws IOException {
        int number = self();
        DomainListener listener = new DomainListener(store, services, service, kind, domains);
        synchronized (this) {
            listeners.add(listener);
        }
        listener.start(number);
        return listener;
    }

    /**
     * Lets other domains call an endpoint of this one. Calls of one connection are made one after
     * the other, those of several at the same time.
     *
     * @param domains which ones, or {@link #ALL}; nobody who is not named here or in {@link
     *     EndpointExport#admit}
     */
    public <Q, R> EndpointExport export(
            String service, Endpoint<Q, R> endpoint, Codec<Q, R> codec, int... domains)
            throws IOException {
        EndpointExport export =
                new EndpointExport(
                        listen(service, ConnectionHeader.KIND_CALLS, domains),
                        channel -> new CallLoop<>(channel, endpoint, codec));
        export.start();
        return export;
    }

    /**
     * Connects to a program in another domain, dom0 mostly, that serves a vchan.
     *
     * @param path in xenstore, such as {@code /local/domain/0/data/vchan/name}
     */
    public Vchan connectVchan(int domain, String path) throws IOException {
        return vchans.connect(domain, path);
    }

    /**
     * Serves a vchan, for one program in another domain.
     *
     * @param path in this domain's part of xenstore, such as {@code data/vchan/name}
     */
    public Vchan serveVchan(int domain, String path) throws IOException {
        return vchans.serve(self(), domain, path, VchanHeader.PAGE_ORDER + 2);
    }

    /** Before the domain is suspended: ends all connections. */
    public void suspend() {
        for (Link link : presence.all()) {
            link.lose();
            link.close();
        }
        vchans.closeAll();
    }

    /** After a restore, when xenstore's connection was resumed; not if no suspension came of it. */
    public void resume() throws IOException {
        presence.clear();
        pages.forget();
        List<DomainListener> all;
        synchronized (this) {
            if (self < 0) {
                return;
            }
            self = -1;
            listeners.removeIf(DomainListener::isClosed);
            all = new ArrayList<>(listeners);
        }
        int number = self();
        for (DomainListener listener : all) {
            listener.publish(number);
        }
    }
}
