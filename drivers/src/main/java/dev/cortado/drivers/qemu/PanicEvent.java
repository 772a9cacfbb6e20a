package dev.cortado.drivers.qemu;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;

/**
 * Tells QEMU by its device pvpanic that the guest has panicked, which QEMU's monitor and libvirt
 * hear as GUEST_PANICKED. Unless QEMU was started otherwise, it ends the machine then.
 *
 * @see <a href="https://www.qemu.org/docs/master/specs/pvpanic.html">PVPANIC DEVICE</a>
 */
public final class PanicEvent {
    /** Bit 0: a guest panic has happened. Read, the port says which events the device knows. */
    private static final int PANICKED = 1;

    private PanicEvent() {}

    /**
     * @param port that the firmware's tables name; 0 if there is none
     */
    @Uninterruptible(reason = "Ends the machine.")
    public static void tell(int port) {
        if (port != 0 && (Cpu.in8(port) & PANICKED) != 0) {
            Cpu.out8(port, PANICKED);
        }
    }
}
