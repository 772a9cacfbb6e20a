package dev.cortado.kernel.pc;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Processor;
import dev.cortado.kernel.firmware.Firmware;
import dev.cortado.kernel.interrupt.InterruptController;
import dev.cortado.kernel.interrupt.Interrupts;
import dev.cortado.kernel.interrupt.IoApic;
import dev.cortado.kernel.interrupt.LegacyPic;
import dev.cortado.kernel.interrupt.LocalApic;
import dev.cortado.kernel.time.LocalApicTimer;

/** A local APIC in each CPU and IO-APICs for old devices. */
public class PcInterrupts implements InterruptController {
    @Override
    @Uninterruptible(reason = Interrupts.REASON)
    public boolean initialize() {
        LegacyPic.disable();
        if (!LocalApic.initialize()) {
            return false;
        }
        LocalApicTimer.begin();
        return IoApic.initialize(Firmware.tables().topology());
    }

    @Override
    @Uninterruptible(reason = Interrupts.REASON)
    public void initializeProcessor() {
        LocalApic.initializeProcessor();
    }

    @Override
    @Uninterruptible(reason = Interrupts.REASON)
    public final int id() {
        return LocalApic.id();
    }

    @Override
    @Uninterruptible(reason = Interrupts.REASON)
    public void send(int id, int vector) {
        LocalApic.sendInterrupt(id, vector);
    }

    @Override
    @Uninterruptible(reason = Interrupts.REASON)
    public final void stop(Processor other) {
        LocalApic.sendNonMaskable(other.getHardwareId());
    }

    @Override
    @Uninterruptible(reason = Interrupts.REASON)
    public void endOfInterrupt() {
        LocalApic.endOfInterrupt();
    }
}
