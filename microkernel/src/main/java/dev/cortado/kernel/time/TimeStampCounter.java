package dev.cortado.kernel.time;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;

/** The time-stamp counter of the CPU that this runs on. */
public final class TimeStampCounter implements TickCounter {
    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long read() {
        return Cpu.readTimeStampCounter();
    }
}
