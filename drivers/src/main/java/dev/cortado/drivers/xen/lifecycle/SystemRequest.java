package dev.cortado.drivers.xen.lifecycle;

import dev.cortado.drivers.xen.power.Schedule;
import dev.cortado.drivers.xen.power.XenPower;
import dev.cortado.kernel.console.Keyboard;
import dev.cortado.kernel.machine.Machine;

/**
 * {@code xl sysrq}: the letters that Linux knows for the end of the machine, at once and without
 * shutdown hooks; all others are the monitor's, whose answer is on the console.
 */
final class SystemRequest {
    private static final char REBOOT = 'b';
    private static final char POWER_OFF = 'o';
    private static final char CRASH = 'c';

    private SystemRequest() {}

    static void run(char letter) {
        switch (letter) {
            case REBOOT -> {
                XenPower.setReason(Schedule.REBOOT);
                Machine.exit(Control.TERMINATED);
            }
            case POWER_OFF -> Machine.exit(Control.TERMINATED);
            case CRASH -> Control.crash("sysrq c");
            default -> Keyboard.sendToMonitor((byte) letter);
        }
    }
}
