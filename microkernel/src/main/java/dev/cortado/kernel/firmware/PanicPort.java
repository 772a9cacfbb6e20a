package dev.cortado.kernel.firmware;

import com.oracle.svm.core.Uninterruptible;

/**
 * Where QEMU's device pvpanic is on the ISA bus: a definition block announces it as a device with
 * the {@code _HID} "QEMU0001" and one port. The block is a program that nobody runs here: the name
 * is looked for as AML has it for a string (ACPI 6.5, 20.2.3), and behind it an I/O port descriptor
 * (6.4.2.5) of one port.
 *
 * @see <a href="https://www.qemu.org/docs/master/specs/pvpanic.html">PVPANIC DEVICE</a>
 */
final class PanicPort {
    private static final int STRING_PREFIX = 0x0d;
    private static final long ID = FirmwareMemory.signature("QEMU0001");
    private static final int FIRST = 'Q';

    /** Between the string and the descriptor are the name {@code _CRS} and a buffer's lengths. */
    private static final int NEAR = 32;

    private static final int DESCRIPTOR = 0x47;
    private static final int MINIMUM = 2;
    private static final int MAXIMUM = 4;
    private static final int LENGTH = 7;
    private static final int DESCRIPTOR_BYTES = 8;

    private int port;

    /** The port; 0 if there is none. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    int port() {
        return port;
    }

    @Uninterruptible(reason = FirmwareMemory.REASON)
    void clear() {
        port = 0;
    }

    /**
     * Looks for the device in a definition block.
     *
     * @param table a table whose bytes can be read, and the number of these
     */
    @Uninterruptible(reason = FirmwareMemory.REASON)
    void read(FirmwareMemory memory, long table, long length) {
        long end = table + length;
        for (long at = table + AcpiTables.HEADER_BYTES; at < end - Long.BYTES; at++) {
            if (memory.readByte(at) == STRING_PREFIX
                    && memory.readByte(at + 1) == FIRST
                    && memory.readLong(at + 1) == ID) {
                readPort(memory, at + 1 + Long.BYTES, end - DESCRIPTOR_BYTES);
                return;
            }
        }
    }

    @Uninterruptible(reason = FirmwareMemory.REASON)
    private void readPort(FirmwareMemory memory, long begin, long last) {
        for (long at = begin; at <= last && at < begin + NEAR; at++) {
            if (memory.readByte(at) == DESCRIPTOR
                    && memory.readByte(at + LENGTH) == 1
                    && memory.readShort(at + MINIMUM) == memory.readShort(at + MAXIMUM)) {
                port = memory.readShort(at + MINIMUM);
                return;
            }
        }
    }
}
