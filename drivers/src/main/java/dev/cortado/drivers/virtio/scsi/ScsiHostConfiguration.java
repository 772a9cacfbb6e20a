package dev.cortado.drivers.virtio.scsi;

import dev.cortado.drivers.register.Registers;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.drivers.virtio.transport.VirtioException;

/**
 * What a host device says of itself (5.6.4), checked.
 *
 * @param mostBytes of a request's data
 * @param targets have numbers below this
 */
record ScsiHostConfiguration(int mostBytes, int targets) {
    private static final int MAX_SECTORS = 8;
    private static final int SENSE_SIZE = 20;
    private static final int CDB_SIZE = 24;
    private static final int MAX_TARGET = 30;

    /** What the last two are until the driver writes something else. */
    private static final int DEFAULT_SENSE_SIZE = 96;

    private static final int DEFAULT_CDB_SIZE = 32;

    private static final int SECTOR_BYTES = 512;
    private static final int MOST_BYTES = 1 << 20;

    /** A number has a byte (5.6.6.1). */
    private static final int MOST_TARGETS = 256;

    private record Fields(int maxSectors, int senseSize, int cdbSize, int maxTarget) {}

    static ScsiHostConfiguration read(VirtioDevice device) throws VirtioException {
        Fields fields = device.configuration().read(ScsiHostConfiguration::fields);
        if (fields.senseSize() != DEFAULT_SENSE_SIZE || fields.cdbSize() != DEFAULT_CDB_SIZE) {
            throw device.fail(
                    "commands of "
                            + Integer.toUnsignedString(fields.cdbSize())
                            + " bytes and sense data of "
                            + Integer.toUnsignedString(fields.senseSize()));
        }
        long sectors = Integer.toUnsignedLong(fields.maxSectors());
        long bytes = sectors == 0 ? MOST_BYTES : sectors * SECTOR_BYTES;
        return new ScsiHostConfiguration(
                (int) Math.min(bytes, MOST_BYTES), Math.min(fields.maxTarget() + 1, MOST_TARGETS));
    }

    private static Fields fields(Registers registers) {
        return new Fields(
                registers.read32(MAX_SECTORS),
                registers.read32(SENSE_SIZE),
                registers.read32(CDB_SIZE),
                registers.read16(MAX_TARGET));
    }
}
