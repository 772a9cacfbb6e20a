package dev.cortado.drivers.xen.pv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.PvStartInfo;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import dev.cortado.drivers.xen.shared.StartPages;

/** A PV domain finds console and xenstore in start_info. */
final class PvStartPages implements StartPages.Source {
    private final PvStart start;

    PvStartPages(PvStart start) {
        this.start = start;
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public void read() {}

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public long consolePage() {
        return start.isInitialDomain() ? 0 : start.page(PvStartInfo.CONSOLE_FRAME);
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public int consolePort() {
        return start.isInitialDomain() ? 0 : start.word(PvStartInfo.CONSOLE_PORT);
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public long storePage() {
        return start.page(PvStartInfo.STORE_FRAME);
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public int storePort() {
        return start.word(PvStartInfo.STORE_PORT);
    }
}
