package dev.cortado.kernel.machine;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** The end of the machine. */
public final class Machine {
    static final String REASON = "Ends the machine, whatever state it is in.";

    /** The code of a panic, as sysexits.h's EX_SOFTWARE. */
    public static final int PANIC_CODE = 70;

    private static PowerDevice device;

    private Machine() {}

    /** Called while the image is built, by the driver that is chosen. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void setDevice(PowerDevice chosen) {
        device = chosen;
    }

    /** How many CPUs run threads. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static int processors() {
        return 1;
    }

    /** Ends it as the program wants. Does not return. */
    @Uninterruptible(reason = REASON)
    public static void exit(int code) {
        stop(false, code);
    }

    /** Ends it because the kernel cannot go on. Does not return. */
    @Uninterruptible(reason = REASON)
    public static void panic() {
        stop(true, PANIC_CODE);
    }

    @Uninterruptible(reason = REASON)
    private static void stop(boolean panicked, int code) {
        Cpu.disableInterrupts();
        if (device != null) {
            device.powerOff(panicked, code);
        }
        Cpu.haltForever();
    }
}
