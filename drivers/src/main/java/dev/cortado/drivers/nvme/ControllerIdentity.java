package dev.cortado.drivers.nvme;

import dev.cortado.drivers.block.controller.DeviceText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a controller says of itself (figure 247), as far as we use it.
 *
 * @param mostBytes that a command may transfer
 * @param namespaces the largest number of one, unsigned
 * @param deallocates whether it knows Dataset Management
 * @param cachesWrites whether what was written is kept for good only after a flush
 */
record ControllerIdentity(
        String serialNumber,
        long mostBytes,
        long namespaces,
        boolean deallocates,
        boolean cachesWrites) {
    /** Of a data structure of Identify. */
    static final int BYTES = 4096;

    private static final int SN = 4;
    private static final int SN_BYTES = 20;
    private static final int MDTS = 77;
    private static final int NN = 516;
    private static final int ONCS = 520;
    private static final int ONCS_DATASET_MANAGEMENT = 1 << 2;
    private static final int VWC = 525;

    /** In units of the smallest page; more is no limit of ours. */
    private static final int PAGE_SHIFT = 12;

    private static final int MOST_SHIFT = 30;

    static ControllerIdentity of(byte[] identity) {
        ByteBuffer data = ByteBuffer.wrap(identity).order(ByteOrder.LITTLE_ENDIAN);
        int shift = data.get(MDTS) & 0xff;
        boolean isLimited = shift != 0 && PAGE_SHIFT + shift < MOST_SHIFT;
        return new ControllerIdentity(
                DeviceText.of(identity, SN, SN_BYTES),
                isLimited ? 1L << PAGE_SHIFT + shift : 1L << MOST_SHIFT,
                Integer.toUnsignedLong(data.getInt(NN)),
                (data.getShort(ONCS) & ONCS_DATASET_MANAGEMENT) != 0,
                (data.get(VWC) & 1) != 0);
    }
}
