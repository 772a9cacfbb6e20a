package dev.cortado.drivers.xen.store;

import dev.cortado.drivers.xen.event.SignalledPort;
import dev.cortado.drivers.xen.shared.StartPages;
import dev.cortado.kernel.memory.VirtualMemory;
import java.io.IOException;
import java.time.Duration;

/** This domain's connection to xenstore: the only one, since Xen's tools make one ring. */
public final class DomainStore {
    private static final Duration SUSPEND_PATIENCE = Duration.ofSeconds(5);

    private static XenStore store;

    private DomainStore() {}

    /**
     * Connects at the first call.
     *
     * @throws IOException if the domain has no xenstore
     */
    public static synchronized XenStore get() throws IOException {
        if (store == null) {
            if (StartPages.storePage() == 0) {
                throw new IOException("this domain has no xenstore");
            }
            store = XenStore.connect(page(), port());
        }
        return store;
    }

    private static StorePage page() {
        return new StorePage(new VirtualMemory(), StartPages.storePage());
    }

    private static SignalledPort port() {
        return SignalledPort.of(StartPages.storePort());
    }

    /** The domain is about to be suspended. */
    public static synchronized void suspend() throws InterruptedException {
        if (store != null) {
            store.suspend(SUSPEND_PATIENCE);
        }
    }

    /**
     * The domain goes on.
     *
     * @param cancelled with the same connection
     */
    public static synchronized void resume(boolean cancelled) {
        if (store == null) {
            return;
        }
        if (cancelled) {
            store.cancelSuspend();
        } else {
            store.resume(page(), port());
        }
    }
}
