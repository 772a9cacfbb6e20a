package dev.cortado.drivers.power;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.firmware.Firmware;
import dev.cortado.kernel.firmware.SleepTypes;

/**
 * Switches a machine off as ACPI has it: the sleeping state S5 (ACPI 6.5, 7.4.2.6), through PM1
 * control registers or through the sleep control register of reduced hardware.
 */
final class AcpiSleep {
    private static final String REASON = PcPower.REASON;

    /** PM1 control (4.8.3.2.1, table 4.19). */
    private static final int PM1_TYPE_SHIFT = 10;

    private static final int PM1_TYPE_MASK = 7 << PM1_TYPE_SHIFT;
    private static final int PM1_SLEEP = 1 << 13;

    /** Sleep control (4.8.3.7, table 4.23). */
    private static final int CONTROL_TYPE_SHIFT = 2;

    private static final int CONTROL_SLEEP = 1 << 5;

    private final RegisterAccess pm1a = new RegisterAccess();
    private final RegisterAccess pm1b = new RegisterAccess();
    private final RegisterAccess control = new RegisterAccess();

    /** Device memory can be mapped now. */
    @Uninterruptible(reason = REASON)
    void open() {
        pm1a.open(Firmware.tables().power().pm1aControl());
        pm1b.open(Firmware.tables().power().pm1bControl());
        control.open(Firmware.tables().power().sleepControl());
    }

    /** Device memory cannot be mapped: the machine ends before it was set up. */
    @Uninterruptible(reason = REASON)
    void openPorts() {
        pm1a.openPort(Firmware.tables().power().pm1aControl());
        pm1b.openPort(Firmware.tables().power().pm1bControl());
    }

    @Uninterruptible(reason = REASON)
    RegisterAccess pm1a() {
        return pm1a;
    }

    /** Goes off, if the machine can; a moment may pass. False if it has no such registers. */
    @Uninterruptible(reason = REASON)
    boolean powerOff() {
        SleepTypes types = Firmware.tables().sleepTypes();
        if (!types.areKnown()) {
            return false;
        }
        if (control.isPresent()) {
            control.write8(types.typeA() << CONTROL_TYPE_SHIFT | CONTROL_SLEEP);
            return true;
        }
        if (!pm1a.isPresent()) {
            return false;
        }
        write(pm1a, types.typeA());
        if (pm1b.isPresent()) {
            write(pm1b, types.typeB());
        }
        return true;
    }

    @Uninterruptible(reason = REASON)
    private static void write(RegisterAccess register, int type) {
        int value = register.read16(0) & ~PM1_TYPE_MASK;
        register.write16(0, value | type << PM1_TYPE_SHIFT | PM1_SLEEP);
    }
}
