package dev.cortado.kernel.hyperv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.interrupt.Interrupts;
import dev.cortado.kernel.interrupt.LocalApic;
import dev.cortado.kernel.pc.PcInterrupts;

/**
 * A PC's interrupts, which are sent and ended by Hyper-V's registers where it recommends them
 * (TLFS, 10.2.1) and the CPU has none of its own for that.
 */
final class HypervInterrupts extends PcInterrupts {
    private static final int MSR_EOI = 0x4000_0070;
    private static final int MSR_ICR = 0x4000_0071;

    /** As in the local APIC's interrupt command register of two halves (SDM vol. 3A, 10.6.1). */
    private static final int DESTINATION_SHIFT = 56;

    private static final long LEVEL_ASSERT = 1 << 14;

    private static boolean used;

    @Uninterruptible(reason = Interrupts.REASON)
    static boolean isUsed() {
        return used;
    }

    @Override
    @Uninterruptible(reason = Interrupts.REASON)
    public boolean initialize() {
        if (!super.initialize()) {
            return false;
        }
        used = !LocalApic.hasRegisters() && Hyperv.ENLIGHTENMENTS.recommendsApicRegisters();
        return true;
    }

    @Override
    @Uninterruptible(reason = Interrupts.REASON)
    public void send(int id, int vector) {
        if (used) {
            Hyperv.MACHINE.writeMsr(
                    MSR_ICR, (long) id << DESTINATION_SHIFT | LEVEL_ASSERT | vector);
        } else {
            super.send(id, vector);
        }
    }

    @Override
    @Uninterruptible(reason = Interrupts.REASON)
    public void endOfInterrupt() {
        if (used) {
            Hyperv.MACHINE.writeMsr(MSR_EOI, 0);
        } else {
            super.endOfInterrupt();
        }
    }
}
