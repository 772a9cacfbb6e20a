package dev.cortado.drivers.xen.network;

import dev.cortado.drivers.network.NetworkBus;
import dev.cortado.drivers.network.NetworkPlace;
import dev.cortado.drivers.xen.frontend.BackendAccess;
import dev.cortado.drivers.xen.frontend.DomainAccess;
import dev.cortado.drivers.xen.frontend.SupervisedServices;
import dev.cortado.drivers.xen.lifecycle.Suspension;
import dev.cortado.drivers.xen.store.DomainStore;
import dev.cortado.kernel.memory.PooledFrames;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * The network devices of the domain that this runs in, also those that {@code xl network-attach}
 * brings later. They are connected anew when the domain was restored or migrated.
 */
public final class DomainNetworks implements NetworkBus {
    /** Each device has a grant for each, of the 16,384 of this domain's table. */
    private static final int MOST_BUFFERS = 4 << 10;

    /** A backend sees whole pages: nothing else may be in them. */
    @Override
    public int bufferBytes() {
        return BackendAccess.PAGE_BYTES;
    }

    @Override
    public int mostBuffers() {
        return MOST_BUFFERS;
    }

    @Override
    public boolean isGrowing() {
        return true;
    }

    @Override
    public List<NetworkPlace> start(Consumer<NetworkPlace> later, Consumer<String> problems) {
        try {
            VifBus vifs =
                    new VifBus(
                            DomainStore.get(),
                            new DomainAccess(),
                            new PooledFrames(),
                            new SupervisedServices(),
                            problems);
            Suspension.add(vifs.bus());
            return vifs.start(later);
        } catch (IOException e) {
            problems.accept("network: " + e.getMessage());
            return List.of();
        }
    }
}
