package dev.cortado.drivers.xen.connection;

import dev.cortado.kernel.memory.RingMemory;
import java.io.IOException;

/** What connections between domains are made of: pages that two of them see, event channels. */
public interface Hypervisor {
    int PAGE_BYTES = 4096;

    /** A page of this domain that another one may use. */
    record SharedPage(int domain, long address, int reference) {}

    /** What the addresses of pages mean. */
    RingMemory memory();

    /** A page of zeros that a domain may use; null if there is no memory, or no more grant. */
    SharedPage share(int domain);

    /** Takes a page back; false if the other domain still uses it: it stays shared. */
    boolean unshare(SharedPage page);

    /** As {@link #unshare} where nothing is shared any more, for the domain was restored. */
    void forget(SharedPage page);

    /**
     * The address of a page that another domain lets us use.
     *
     * @throws IOException if it does not, or if we use so many of its pages that none is left
     */
    long map(int domain, int reference) throws IOException;

    void unmap(long address);

    /** An event channel that a domain can connect to; null if there is none. */
    PeerPort offerPort(int domain);

    /** The other end of an event channel that a domain offered to us; null if it did not. */
    PeerPort bindPort(int domain, int remotePort);
}
