package dev.cortado.drivers.xen.grant;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.hypercall.Hypercall;

/**
 * Which of a number of pages are whose. Nobody gets more of them than are left for the others: one
 * domain has at most half of all, a second one then half of the rest, and so on. So whatever one
 * does, the next one can be served.
 */
final class PageShares {
    static final int NONE = -1;

    /** Of each page the domain's number plus 1, or 0 if nobody has it. */
    private final int[] owners;

    PageShares(int pages) {
        owners = new int[pages];
    }

    /** A page for a domain, or {@link #NONE}: all are taken, or it has as many as are left. */
    @Uninterruptible(reason = Hypercall.REASON)
    int take(int domain) {
        int first = NONE;
        int left = 0;
        int own = 0;
        for (int page = 0; page < owners.length; page++) {
            if (owners[page] == 0) {
                left++;
                first = first == NONE ? page : first;
            } else if (owners[page] == domain + 1) {
                own++;
            }
        }
        if (own >= left) {
            return NONE;
        }
        owners[first] = domain + 1;
        return first;
    }

    @Uninterruptible(reason = Hypercall.REASON)
    boolean isTaken(long page) {
        return page >= 0 && page < owners.length && owners[(int) page] != 0;
    }

    @Uninterruptible(reason = Hypercall.REASON)
    void give(int page) {
        owners[page] = 0;
    }
}
