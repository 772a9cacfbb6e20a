package dev.cortado.drivers.xen.frontend;

import dev.cortado.drivers.xen.connection.PeerPort;
import dev.cortado.kernel.memory.RingMemory;
import java.io.IOException;

/** How backends get at our memory, and we at them. */
public interface BackendAccess {
    /** Pages have this size, whatever the device. */
    int PAGE_BYTES = 4096;

    /** No grant is left. */
    int NONE = -1;

    /** What the addresses of pages mean. */
    RingMemory memory();

    /**
     * Lets a domain use the page that has a device address.
     *
     * @return a reference, which is positive; or {@link #NONE}
     */
    int grant(int domain, long deviceAddress, boolean readOnly);

    /** Ends that; false if the domain still uses the page. */
    boolean end(int reference);

    /** An event channel that a domain can connect to. */
    PeerPort offerPort(int domain) throws IOException;
}
