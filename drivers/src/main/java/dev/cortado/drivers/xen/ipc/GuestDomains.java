package dev.cortado.drivers.xen.ipc;

import dev.cortado.drivers.xen.connection.GrantedMemory;
import dev.cortado.drivers.xen.lifecycle.SuspendListener;
import dev.cortado.drivers.xen.lifecycle.Suspension;
import dev.cortado.drivers.xen.store.DomainStore;
import java.io.IOException;

/** The {@link Domains} of the domain that this runs in. */
final class GuestDomains implements SuspendListener {
    private static Domains domains;

    private GuestDomains() {}

    static synchronized Domains get() throws IOException {
        if (domains == null) {
            domains = new Domains(new GrantedMemory(), DomainStore.get());
            Suspension.add(new GuestDomains());
        }
        return domains;
    }

    @Override
    public void suspend() {
        domains.suspend();
    }

    @Override
    public void resume(boolean cancelled) {
        if (!cancelled) {
            try {
                domains.resume();
            } catch (IOException e) {
                System.err.println("Services are not offered to other domains any more: " + e);
            }
        }
    }
}
