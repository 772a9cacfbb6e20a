package dev.cortado.drivers.xen.lifecycle;

import dev.cortado.drivers.xen.shared.VirtualCpus;
import dev.cortado.drivers.xen.store.XenStore;
import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.thread.Scheduler;
import java.io.IOException;

/**
 * {@code xl vcpu-set}: CPUs that dom0 calls offline, at {@code cpu/N/availability}, get no threads
 * until they are online again. The first one always has some.
 */
final class CpuControl {
    private static final String OFFLINE = "offline";

    /** Looks at all CPUs that run. */
    void update(XenStore store) throws IOException {
        for (int i = 1; i < Processors.online(); i++) {
            int number = VirtualCpus.number(Processors.get(i));
            String availability = store.readTextOrNull("cpu/" + number + "/availability");
            boolean offline = OFFLINE.equals(availability);
            boolean parked = (Processors.parked() >>> i & 1) != 0;
            if (offline != parked) {
                Scheduler.park(i, offline);
            }
        }
    }
}
