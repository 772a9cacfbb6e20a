package dev.cortado.kernel.pc;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.Processor;
import dev.cortado.kernel.cpu.SpinWait;
import dev.cortado.kernel.interrupt.Interrupts;

/** On a PC, a CPU that has waited for long halts until another one's interrupt. */
final class PcSpinWait implements SpinWait {
    @Override
    @Uninterruptible(reason = REASON)
    public void pause() {
        Cpu.pause();
    }

    @Override
    @Uninterruptible(reason = REASON)
    public boolean sleeps() {
        return true;
    }

    /** With interrupts off nothing but a hypervisor's own way would end a halt. */
    @Override
    @Uninterruptible(reason = REASON)
    public void yield() {
        Cpu.pause();
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void wake(Processor processor) {
        Interrupts.send(processor, Interrupts.WAKE_VECTOR);
    }
}
