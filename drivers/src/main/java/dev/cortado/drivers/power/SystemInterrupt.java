package dev.cortado.drivers.power;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.firmware.Firmware;
import dev.cortado.kernel.interrupt.InterruptHandler;

/**
 * The system control interrupt (ACPI 6.5, 4.7.2.5), which fixed and general purpose events share.
 * It is the power button's on every machine that has one; others join it.
 */
public final class SystemInterrupt {
    private static final String REASON = PcPower.REASON;

    /** Null, and nothing of this in an image, where nobody joins. */
    private static InterruptHandler general;

    private SystemInterrupt() {}

    /**
     * From now on a handler hears of each one, too.
     *
     * @param handler an object of the image
     * @return false if the machine has no such interrupt, or nothing that has enabled it
     */
    public static boolean join(InterruptHandler handler) {
        if (!Firmware.tables().power().pm1aEvent().isPresent()) {
            return false;
        }
        general = handler;
        return true;
    }

    @Uninterruptible(reason = REASON)
    static void passOn() {
        InterruptHandler handler = general;
        if (handler != null) {
            handler.handle();
        }
    }
}
