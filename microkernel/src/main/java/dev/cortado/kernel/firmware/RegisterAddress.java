package dev.cortado.kernel.firmware;

import com.oracle.svm.core.Uninterruptible;

/**
 * Where a register is: a port, memory, or nowhere (Generic Address Structure, ACPI 6.5, 5.2.3.2).
 */
public final class RegisterAddress {
    static final int BYTES = 12;

    private static final int ADDRESS = 4;
    private static final int SPACE_SYSTEM_MEMORY = 0;
    private static final int SPACE_SYSTEM_IO = 1;
    private static final int PHYSICAL_ADDRESS_BITS = 52;
    private static final int PORT_BITS = 16;

    private boolean port;
    private long address;

    /** False if the machine has no such register, or one that is neither a port nor memory. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public boolean isPresent() {
        return address != 0;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public boolean isPort() {
        return port;
    }

    /** The port's number or the physical address. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long address() {
        return address;
    }

    @Uninterruptible(reason = FirmwareMemory.REASON)
    void clear() {
        port = false;
        address = 0;
    }

    /** 0 means that there is none. */
    @Uninterruptible(reason = FirmwareMemory.REASON)
    void setPort(long number) {
        if (number >>> PORT_BITS == 0) {
            port = true;
            address = number;
        }
    }

    /** Does nothing if the structure names no port and no memory. */
    @Uninterruptible(reason = FirmwareMemory.REASON)
    void read(FirmwareMemory memory, long structure) {
        int space = memory.readByte(structure);
        long value = memory.readLong(structure + ADDRESS);
        if (value == 0) {
            return;
        }
        if (space == SPACE_SYSTEM_IO) {
            setPort(value);
        } else if (space == SPACE_SYSTEM_MEMORY && value >>> PHYSICAL_ADDRESS_BITS == 0) {
            port = false;
            address = value;
        }
    }
}
