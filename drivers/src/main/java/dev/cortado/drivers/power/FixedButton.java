package dev.cortado.drivers.power;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.firmware.Firmware;
import dev.cortado.kernel.firmware.PowerRegisters;
import dev.cortado.kernel.interrupt.InterruptHandler;
import dev.cortado.kernel.interrupt.IoApic;
import dev.cortado.kernel.machine.Machine;

/** The power button of fixed hardware: an event in the PM1 registers (ACPI 6.5, 4.8.2.2.1). */
final class FixedButton implements InterruptHandler {
    private static final String REASON = PcPower.REASON;

    /** PM1 status and enable (4.8.3.1, tables 4.17 and 4.18). */
    private static final int POWER_BUTTON = 1 << 8;

    /** PM1 control (table 4.19): events raise the system control interrupt. */
    private static final int INTERRUPT_ENABLE = 1;

    /** Some firmware takes its time; a hypervisor has no need to. */
    private static final int MAXIMUM_POLLS = 100_000;

    private final RegisterAccess events = new RegisterAccess();
    private int enableOffset;

    /** From now on, the button interrupts, if the machine has one. */
    @Uninterruptible(reason = REASON)
    void enable(RegisterAccess control) {
        PowerRegisters power = Firmware.tables().power();
        events.open(power.pm1aEvent());
        if (!events.isPresent() || !control.isPresent()) {
            return;
        }
        enableOffset = power.eventBytes() / 2;
        events.write16(enableOffset, 0);
        if (!takeFromFirmware(power, control) || !IoApic.route(power.systemInterrupt(), this)) {
            return;
        }
        events.write16(0, POWER_BUTTON);
        events.write16(enableOffset, POWER_BUTTON);
    }

    /** The registers are the firmware's until it is told otherwise (4.8.3.5, 16.3.2). */
    @Uninterruptible(reason = REASON)
    private static boolean takeFromFirmware(PowerRegisters power, RegisterAccess control) {
        if ((control.read16(0) & INTERRUPT_ENABLE) == 0 && power.commandPort() != 0) {
            Cpu.out8(power.commandPort(), power.enableCommand());
        }
        for (int i = 0; i < MAXIMUM_POLLS; i++) {
            if ((control.read16(0) & INTERRUPT_ENABLE) != 0) {
                return true;
            }
            Cpu.pause();
        }
        return false;
    }

    /** A 1 clears an event's status. */
    @Override
    @Uninterruptible(reason = REASON)
    public void handle() {
        int happened = events.read16(0);
        events.write16(0, happened);
        if ((happened & POWER_BUTTON) != 0) {
            Machine.askToEnd();
        }
        SystemInterrupt.passOn();
    }
}
