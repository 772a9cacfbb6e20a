package dev.cortado.drivers.power;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.firmware.Firmware;
import dev.cortado.kernel.firmware.RegisterAddress;
import dev.cortado.kernel.interrupt.InterruptHandler;
import dev.cortado.kernel.interrupt.IoApic;
import dev.cortado.kernel.machine.Machine;

/**
 * The power button of QEMU's machine microvm: an event of its generic event device
 * (docs/specs/acpi_hw_reduced_hotplug.rst). Where that is, only the program in the DSDT says, and
 * hw/i386/microvm.h; the sleep control register, which the FADT names, tells the machine.
 */
final class EventButton implements InterruptHandler {
    private static final String REASON = PcPower.REASON;

    private static final long EVENT_SELECTOR = 0xfea0_0000L;
    private static final long SLEEP_CONTROL = EVENT_SELECTOR + 0x200;
    private static final int LINE = 9;

    /** In the selector, which reading clears. */
    private static final int POWER_DOWN = 1 << 1;

    private final RegisterAccess selector = new RegisterAccess();

    /** From now on, the button interrupts, if the machine has one. */
    @Uninterruptible(reason = REASON)
    void enable() {
        RegisterAddress control = Firmware.tables().power().sleepControl();
        if (control.isPort() || control.address() != SLEEP_CONTROL) {
            return;
        }
        selector.openMemory(EVENT_SELECTOR);
        if (selector.isPresent() && IoApic.route(LINE, this)) {
            handle(); // what happened before
        }
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void handle() {
        if ((selector.read32() & POWER_DOWN) != 0) {
            Machine.askToEnd();
        }
    }
}
