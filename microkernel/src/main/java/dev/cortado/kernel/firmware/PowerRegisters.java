package dev.cortado.kernel.firmware;

import com.oracle.svm.core.Uninterruptible;

/** What switches the machine off or resets it, from the FADT (ACPI 6.5, 5.2.9). */
public final class PowerRegisters {
    private static final int DSDT = 40;
    private static final int SYSTEM_INTERRUPT = 46;
    private static final int COMMAND_PORT = 48;
    private static final int ENABLE_COMMAND = 52;
    private static final int PM1A_EVENT = 56;
    private static final int PM1A_CONTROL = 64;
    private static final int PM1B_CONTROL = 68;
    private static final int PM1_EVENT_LENGTH = 88;
    private static final int FLAGS = 112;
    private static final int RESET_REGISTER = 116;
    private static final int RESET_VALUE = 128;
    private static final int EXTENDED_DSDT = 140;
    private static final int EXTENDED_PM1A_EVENT = 148;
    private static final int EXTENDED_PM1A_CONTROL = 172;
    private static final int EXTENDED_PM1B_CONTROL = 184;
    private static final int SLEEP_CONTROL = 244;

    /** Flags (table 5.10). */
    private static final long BUTTON_IS_A_CONTROL_METHOD = 1 << 4;

    private static final long RESET_REGISTER_SUPPORTED = 1 << 10;

    private static final long HARDWARE_REDUCED = 1 << 20;

    private final RegisterAddress pm1aEvent = new RegisterAddress();
    private final RegisterAddress pm1aControl = new RegisterAddress();
    private final RegisterAddress pm1bControl = new RegisterAddress();
    private final RegisterAddress sleepControl = new RegisterAddress();
    private final RegisterAddress reset = new RegisterAddress();
    private int resetValue;
    private boolean hardwareReduced;
    private int eventBytes;
    private int systemInterrupt;
    private int commandPort;
    private int enableCommand;
    private long definitions;

    /**
     * PM1 Event Registers (4.8.3.1): status, then enable, each half of {@link #eventBytes}; absent
     * where the power button is not there (4.8.2.2.1).
     */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public RegisterAddress pm1aEvent() {
        return pm1aEvent;
    }

    /** At least 4. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public int eventBytes() {
        return eventBytes;
    }

    /** The line of the ISA bus that the PM1 events raise. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public int systemInterrupt() {
        return systemInterrupt;
    }

    /** Where {@link #enableCommand} has the firmware give the registers away; 0 for nowhere. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public int commandPort() {
        return commandPort;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public int enableCommand() {
        return enableCommand;
    }

    /** Physical address of the DSDT, not yet looked at. */
    @Uninterruptible(reason = FirmwareMemory.REASON)
    long definitions() {
        return definitions;
    }

    /** PM1 Control Register of 16 bits (4.8.3.2.1); not on machines with reduced hardware. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public RegisterAddress pm1aControl() {
        return pm1aControl;
    }

    /** The second half of the same; written as well where it is present. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public RegisterAddress pm1bControl() {
        return pm1bControl;
    }

    /** Sleep Control Register of 8 bits (4.8.3.7), on machines with reduced hardware. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public RegisterAddress sleepControl() {
        return sleepControl;
    }

    /** Register of 8 bits that resets the machine when {@link #resetValue} is written (4.8.3.6). */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public RegisterAddress reset() {
        return reset;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public int resetValue() {
        return resetValue;
    }

    /** Whether the machine has no PM1 registers, only {@link #sleepControl} (4.1). */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public boolean isHardwareReduced() {
        return hardwareReduced;
    }

    /**
     * Takes over what the table has; it has become longer with each version of ACPI.
     *
     * @param table a table whose bytes can be read, and the number of these
     */
    @Uninterruptible(reason = FirmwareMemory.REASON)
    void read(FirmwareMemory memory, long table, long length) {
        clear();
        long flags = length >= FLAGS + 4 ? memory.readInt(table + FLAGS) : 0;
        hardwareReduced = (flags & HARDWARE_REDUCED) != 0;
        if (hardwareReduced) {
            readExtended(memory, table, length, SLEEP_CONTROL, sleepControl);
        } else {
            readPort(memory, table, length, PM1A_CONTROL, pm1aControl);
            readPort(memory, table, length, PM1B_CONTROL, pm1bControl);
            readExtended(memory, table, length, EXTENDED_PM1A_CONTROL, pm1aControl);
            readExtended(memory, table, length, EXTENDED_PM1B_CONTROL, pm1bControl);
            readEvents(memory, table, length, flags);
        }
        definitions = length >= DSDT + Integer.BYTES ? memory.readInt(table + DSDT) : 0;
        if (length >= EXTENDED_DSDT + Long.BYTES && memory.readLong(table + EXTENDED_DSDT) != 0) {
            definitions = memory.readLong(table + EXTENDED_DSDT);
        }
        if ((flags & RESET_REGISTER_SUPPORTED) != 0 && length > RESET_VALUE) {
            reset.read(memory, table + RESET_REGISTER);
            resetValue = memory.readByte(table + RESET_VALUE);
        }
    }

    @Uninterruptible(reason = FirmwareMemory.REASON)
    private void readEvents(FirmwareMemory memory, long table, long length, long flags) {
        eventBytes = length > PM1_EVENT_LENGTH ? memory.readByte(table + PM1_EVENT_LENGTH) : 0;
        if (eventBytes < 2 * Short.BYTES || (flags & BUTTON_IS_A_CONTROL_METHOD) != 0) {
            return;
        }
        systemInterrupt = memory.readShort(table + SYSTEM_INTERRUPT);
        long port = memory.readInt(table + COMMAND_PORT);
        commandPort = port >>> Short.SIZE == 0 ? (int) port : 0;
        enableCommand = memory.readByte(table + ENABLE_COMMAND);
        readPort(memory, table, length, PM1A_EVENT, pm1aEvent);
        readExtended(memory, table, length, EXTENDED_PM1A_EVENT, pm1aEvent);
    }

    @Uninterruptible(reason = FirmwareMemory.REASON)
    void clear() {
        pm1aEvent.clear();
        eventBytes = 0;
        systemInterrupt = 0;
        commandPort = 0;
        enableCommand = 0;
        definitions = 0;
        pm1aControl.clear();
        pm1bControl.clear();
        sleepControl.clear();
        reset.clear();
        resetValue = 0;
        hardwareReduced = false;
    }

    @Uninterruptible(reason = FirmwareMemory.REASON)
    private static void readPort(
            FirmwareMemory memory, long table, long length, int offset, RegisterAddress register) {
        if (length >= offset + Integer.BYTES) {
            register.setPort(memory.readInt(table + offset));
        }
    }

    @Uninterruptible(reason = FirmwareMemory.REASON)
    private static void readExtended(
            FirmwareMemory memory, long table, long length, int offset, RegisterAddress register) {
        if (length >= offset + RegisterAddress.BYTES) {
            register.read(memory, table + offset);
        }
    }
}
