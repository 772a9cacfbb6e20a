package dev.cortado.kernel.hyperv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.interrupt.Interrupts;
import dev.cortado.kernel.memory.VirtualMemory;
import dev.cortado.kernel.time.Clock;
import dev.cortado.kernel.time.TimeStampCounter;
import dev.cortado.kernel.time.Timer;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** Makes the image that is being built one for a PC that may be a virtual machine of Hyper-V's. */
public final class Hyperv {
    static final HypervMachine MACHINE = new HypervMachine.Real();
    static final Enlightenments ENLIGHTENMENTS = new Enlightenments(MACHINE);
    static final ReferenceClock CLOCK =
            new ReferenceClock(MACHINE, new VirtualMemory(), new TimeStampCounter());

    private Hyperv() {}

    /** To be called after {@link dev.cortado.kernel.pc.Pc#install}. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void install() {
        Interrupts.setController(new HypervInterrupts());
        Clock.setSource(new HypervTime());
        Timer.setDevice(new HypervTimer());
    }

    /** Whether the clock is the hypervisor's reference time. */
    @Uninterruptible(reason = HypervMachine.REASON)
    public static boolean tellsTime() {
        return HypervTime.isUsed();
    }

    /** Whether that is read from the time-stamp counter now. */
    @Uninterruptible(reason = HypervMachine.REASON)
    public static boolean tellsTimeByTimeStampCounter() {
        return HypervTime.isUsed() && CLOCK.isByTimeStampCounter();
    }

    /** Whether its timers wake threads. */
    @Uninterruptible(reason = HypervMachine.REASON)
    public static boolean wakes() {
        return HypervTimer.isUsed();
    }

    /** Whether interrupts are sent and ended by its registers. */
    @Uninterruptible(reason = HypervMachine.REASON)
    public static boolean interrupts() {
        return HypervInterrupts.isUsed();
    }
}
