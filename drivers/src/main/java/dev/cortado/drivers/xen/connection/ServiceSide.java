package dev.cortado.drivers.xen.connection;

import java.io.IOException;

/** Takes part in connections that clients in other domains offer. */
public final class ServiceSide {
    private final Hypervisor hypervisor;
    private final Presence presence;

    public ServiceSide(Hypervisor hypervisor, Presence presence) {
        this.hypervisor = hypervisor;
        this.presence = presence;
    }

    /**
     * @param offer what a client has written into its node
     * @throws IOException if it offers nothing that can be used
     */
    public Link accept(int client, String offer, int kind) throws IOException {
        int[] numbers = ServiceName.parseOffer(offer);
        long first = hypervisor.map(client, numbers[0]);
        long[] mapped = {};
        PeerPort port = null;
        boolean accepted = false;
        try {
            ConnectionHeader header = new ConnectionHeader(hypervisor.memory(), first);
            int capacity = header.capacity();
            if (!header.isOurs(kind) || !ConnectionHeader.isCapacity(capacity)) {
                throw new IOException("Domain " + client + " offers a connection of another kind");
            }
            mapped = new long[2 * ConnectionHeader.channelPages(capacity)];
            for (int i = 0; i < mapped.length; i++) {
                mapped[i] = hypervisor.map(client, header.reference(i));
            }
            port = hypervisor.bindPort(client, numbers[1]);
            if (port == null) {
                throw new IOException("Domain " + client + " offers no event channel");
            }
            long[] all = mapped;
            Release release = new Release(port, () -> unmap(first, all));
            Link link =
                    new Link(
                            header,
                            new PagedMemory(hypervisor.memory(), mapped),
                            capacity,
                            false,
                            port,
                            release);
            release.onRun(() -> presence.remove(client, link));
            accepted = true;
            return begin(client, link);
        } finally {
            if (!accepted) {
                unmap(first, mapped);
                if (port != null) {
                    port.close();
                }
            }
        }
    }

    private Link begin(int client, Link link) throws IOException {
        boolean begun = false;
        try {
            presence.add(client, link);
            begun = true;
            return link;
        } finally {
            if (!begun) {
                link.close();
            }
        }
    }

    private void unmap(long first, long[] others) {
        hypervisor.unmap(first);
        for (long address : others) {
            if (address != 0) {
                hypervisor.unmap(address);
            }
        }
    }
}
