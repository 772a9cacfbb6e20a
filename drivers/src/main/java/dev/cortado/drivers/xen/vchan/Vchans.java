package dev.cortado.drivers.xen.vchan;

import dev.cortado.drivers.xen.connection.Hypervisor;
import dev.cortado.drivers.xen.connection.Hypervisor.SharedPage;
import dev.cortado.drivers.xen.connection.PagedMemory;
import dev.cortado.drivers.xen.connection.PeerPort;
import dev.cortado.drivers.xen.connection.Release;
import dev.cortado.drivers.xen.connection.SharedPages;
import dev.cortado.drivers.xen.ring.RingReader;
import dev.cortado.drivers.xen.ring.RingWriter;
import dev.cortado.drivers.xen.store.Permission;
import dev.cortado.drivers.xen.store.XenStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Opens vchans, which are found through the nodes {@code ring-ref} and {@code event-channel}. */
public final class Vchans {
    private final Hypervisor hypervisor;
    private final XenStore store;
    private final SharedPages pages;
    private final Set<Vchan> open = new HashSet<>();

    public Vchans(Hypervisor hypervisor, XenStore store, SharedPages pages) {
        this.hypervisor = hypervisor;
        this.store = store;
        this.pages = pages;
    }

    /** As libxenvchan_client_init does. */
    public Vchan connect(int domain, String path) throws IOException {
        int reference = number(path + "/ring-ref");
        int remotePort = number(path + "/event-channel");
        long[] mapped = {hypervisor.map(domain, reference)};
        PeerPort port = null;
        boolean connected = false;
        try {
            VchanHeader header = new VchanHeader(hypervisor.memory(), mapped[0]);
            int left = header.orders() & 0xffff;
            int right = header.orders() >>> 16;
            if (!VchanHeader.areOrders(left, right)) {
                throw new IOException(path + ": no vchan has orders " + left + " and " + right);
            }
            int leftPages = VchanHeader.pages(left);
            long[] all = new long[1 + leftPages + VchanHeader.pages(right)];
            all[0] = mapped[0];
            mapped = all;
            for (int i = 1; i < all.length; i++) {
                all[i] = hypervisor.map(domain, header.reference(i - 1));
            }
            port = hypervisor.bindPort(domain, remotePort);
            if (port == null) {
                throw new IOException(path + ": domain " + domain + " offers no event channel");
            }
            PagedMemory memory = new PagedMemory(hypervisor.memory(), all);
            Release release = new Release(port, () -> unmap(all));
            Vchan vchan =
                    new Vchan(
                            header,
                            false,
                            new RingReader(VchanHeader.ring(memory, false, right, leftPages)),
                            new RingWriter(VchanHeader.ring(memory, true, left, 0)),
                            port,
                            release);
            add(vchan, release);
            connected = true;
            return vchan;
        } finally {
            if (!connected) {
                unmap(mapped);
                if (port != null) {
                    port.close();
                }
            }
        }
    }

    /** As libxenvchan_server_init does. */
    public Vchan serve(int self, int domain, String path, int order) throws IOException {
        if (order < VchanHeader.PAGE_ORDER || order > VchanHeader.HIGHEST_ORDER) {
            throw new IllegalArgumentException("No order of a vchan: " + order);
        }
        int ringPages = VchanHeader.pages(order);
        SharedPage[] shared = pages.share(domain, 1 + 2 * ringPages);
        PeerPort port = hypervisor.offerPort(domain);
        if (port == null) {
            giveUp(shared);
            throw new IOException("No event channel to domain " + domain);
        }
        long[] all = new long[shared.length];
        int[] references = new int[shared.length - 1];
        for (int i = 0; i < all.length; i++) {
            all[i] = shared[i].address();
            if (i > 0) {
                references[i - 1] = shared[i].reference();
            }
        }
        VchanHeader header = new VchanHeader(hypervisor.memory(), all[0]);
        header.initialize(order, order, references);
        PagedMemory memory = new PagedMemory(hypervisor.memory(), all);
        Release release = new Release(port, () -> giveUp(shared));
        Vchan vchan =
                new Vchan(
                        header,
                        true,
                        new RingReader(VchanHeader.ring(memory, true, order, 0)),
                        new RingWriter(VchanHeader.ring(memory, false, order, ringPages)),
                        port,
                        release);
        add(vchan, release);
        boolean published = false;
        try {
            publish(self, domain, path, shared[0].reference(), port.number());
            published = true;
            return vchan;
        } finally {
            if (!published) {
                vchan.close();
            }
        }
    }

    private synchronized void add(Vchan vchan, Release release) {
        open.add(vchan);
        release.onRun(() -> remove(vchan));
    }

    private synchronized void remove(Vchan vchan) {
        open.remove(vchan);
    }

    public void closeAll() {
        List<Vchan> all;
        synchronized (this) {
            all = new ArrayList<>(open);
        }
        all.forEach(Vchan::close);
    }

    private void publish(int self, int domain, String path, int reference, int port)
            throws IOException {
        List<Permission> permissions =
                List.of(
                        new Permission(self, Permission.Access.NONE),
                        new Permission(domain, Permission.Access.READ));
        store.inTransaction(transaction -> {
            transaction.write(path + "/ring-ref", Integer.toString(reference));
            transaction.write(path + "/event-channel", Integer.toString(port));
            transaction.setPermissions(path + "/ring-ref", permissions);
            transaction.setPermissions(path + "/event-channel", permissions);
            return null;
        });
    }

    private int number(String path) throws IOException {
        String text = store.readText(path);
        try {
            int number = Integer.parseInt(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new IOException(path + ": no number: " + text);
    }

    private void unmap(long[] all) {
        for (long address : all) {
            if (address != 0) {
                hypervisor.unmap(address);
            }
        }
    }

    private void giveUp(SharedPage[] shared) {
        for (SharedPage page : shared) {
            pages.giveUp(page);
        }
    }
}
