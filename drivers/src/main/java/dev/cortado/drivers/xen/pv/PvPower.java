package dev.cortado.drivers.xen.pv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import dev.cortado.drivers.xen.power.XenPower;

/** The end of a PV domain: there is no port at which Xen would listen to why. */
final class PvPower extends XenPower {
    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public void explain(byte character) {}

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    protected boolean isOnXen() {
        return true;
    }
}
