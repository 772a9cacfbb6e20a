package dev.cortado.drivers.qemu;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;

/** QEMU's isa-debug-exit, where it is usually put: any write ends QEMU. */
public final class DebugExit {
    private static final int PORT = 0xf4;

    private DebugExit() {}

    /** Returns if the device is not there. */
    @Uninterruptible(reason = "Ends the machine.")
    public static void write() {
        Cpu.out32(PORT, 0);
    }
}
