package dev.cortado.drivers.xen.connection;

import dev.cortado.drivers.xen.connection.Hypervisor.SharedPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Pages of this domain that others use, or have not given back yet. */
public final class SharedPages {
    /** So many that a domain keeps, and nothing more is shared with it. */
    private static final int MOST_KEPT = 256;

    private final Hypervisor hypervisor;
    private final List<SharedPage> kept = new ArrayList<>();

    public SharedPages(Hypervisor hypervisor) {
        this.hypervisor = hypervisor;
    }

    /** Pages for one other domain. */
    public SharedPage[] share(int domain, int count) throws IOException {
        if (takeBack(domain) > MOST_KEPT) {
            throw new IOException(
                    "Domain " + domain + " keeps too many pages of closed connections");
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
    public synchronized void giveUp(SharedPage page) {
        if (!hypervisor.unshare(page)) {
            kept.add(page);
        }
    }

    /** After a restore: nothing is shared any more. */
    public synchronized void forget() {
        for (SharedPage page : kept) {
            hypervisor.forget(page);
        }
        kept.clear();
    }

    /** Takes back what can be; how many pages that domain keeps. */
    synchronized int takeBack(int domain) {
        int left = 0;
        for (Iterator<SharedPage> all = kept.iterator(); all.hasNext(); ) {
            SharedPage page = all.next();
            if (hypervisor.unshare(page)) {
                all.remove();
            } else if (page.domain() == domain) {
                left++;
            }
        }
        return left;
    }
}
