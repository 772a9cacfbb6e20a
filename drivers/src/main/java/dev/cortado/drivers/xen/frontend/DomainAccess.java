package dev.cortado.drivers.xen.frontend;

import dev.cortado.drivers.xen.connection.GrantedMemory;
import dev.cortado.drivers.xen.connection.PeerPort;
import dev.cortado.drivers.xen.grant.GrantTable;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.RingMemory;
import java.io.IOException;

/** Xen's grants and event channels, for pages of any {@code DeviceFrames}. */
public final class DomainAccess implements BackendAccess {
    private final GrantedMemory xen = new GrantedMemory();

    @Override
    public RingMemory memory() {
        return xen.memory();
    }

    @Override
    public int grant(int domain, long deviceAddress, boolean readOnly) {
        int reference = GrantTable.grant(domain, deviceAddress >>> Frames.SHIFT, readOnly);
        return reference < 0 ? NONE : reference;
    }

    @Override
    public boolean end(int reference) {
        return GrantTable.end(reference);
    }

    @Override
    public PeerPort offerPort(int domain) throws IOException {
        PeerPort port = xen.offerPort(domain);
        if (port == null) {
            throw new IOException("No event channel for domain " + domain);
        }
        return port;
    }
}
