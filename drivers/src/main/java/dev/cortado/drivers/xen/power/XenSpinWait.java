package dev.cortado.drivers.xen.power;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.Processor;
import dev.cortado.kernel.cpu.SpinWait;
import dev.cortado.kernel.interrupt.Interrupts;

/** On Xen, a virtual CPU that has waited for long lets others run, with interrupts on or off. */
public final class XenSpinWait implements SpinWait {
    @Override
    @Uninterruptible(reason = REASON)
    public void pause() {
        Cpu.pause();
    }

    @Override
    @Uninterruptible(reason = REASON)
    public boolean sleeps() {
        return false;
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void yield() {
        Schedule.yield();
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void wake(Processor processor) {
        Interrupts.send(processor, Interrupts.RESCHEDULE_VECTOR);
    }
}
