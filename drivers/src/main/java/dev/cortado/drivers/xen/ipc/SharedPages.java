package dev.cortado.drivers.xen.ipc;

import dev.cortado.drivers.xen.ipc.Hypervisor.SharedPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Pages of this domain that others use, or have not given back yet. */
final class SharedPages {
    /** So many that others keep, and nothing more is shared. */
    private static final int MOST_KEPT = 1024;

    private final Hypervisor hypervisor;
    private final List<SharedPage> kept = new ArrayList<>();

    SharedPages(Hypervisor hypervisor) {
        this.hypervisor = hypervisor;
    }

    /** Pages for one other domain. */
    SharedPage[] share(int domain, int count) throws IOException {
        if (takeBack() > MOST_KEPT) {
            throw new IOException("Other domains keep too many pages of closed connections");
        }
        SharedPage[] pages = new SharedPage[count];
        for (int i = 0; i < count; i++) {
            pages[i] = hypervisor.share(domain);
            if (pages[i] == null) {
                for (int j = 0; j < i; j++) {
                    giveUp(pages[j]);
                }
                throw new IOException("No memory, or no grants, to share with domain " + domain);
            }
        }
        return pages;
    }

    /** Is not used any more by us; taken back as soon as it is not by the other domain. */
    synchronized void giveUp(SharedPage page) {
        if (!hypervisor.unshare(page)) {
            kept.add(page);
        }
    }

    /** After a restore: nothing is shared any more. */
    synchronized void forget() {
        for (SharedPage page : kept) {
            hypervisor.forget(page);
        }
        kept.clear();
    }

    /** Takes back what can be; how many pages are left. */
    synchronized int takeBack() {
        for (Iterator<SharedPage> all = kept.iterator(); all.hasNext(); ) {
            if (hypervisor.unshare(all.next())) {
                all.remove();
            }
        }
        return kept.size();
    }
}
