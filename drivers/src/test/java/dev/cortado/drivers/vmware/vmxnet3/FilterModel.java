package dev.cortado.drivers.vmware.vmxnet3;

import java.nio.ByteBuffer;

/** Which packets come: what the driver had told of them when it said so. */
final class FilterModel {
    /** VMXNET3_RXM_UCAST and the others. */
    int mode;

    /** Addresses of 6 bytes. */
    byte[] groups = {};

    /** The device's own. */
    long address;

    boolean accepts(long to) {
        if (to == -1L >>> 16) {
            return (mode & 4) != 0;
        }
        if ((mode & 0x10) != 0 || to == address && (mode & 1) != 0) {
            return true;
        }
        boolean isGroup = (to >>> 40 & 1) != 0;
        boolean isAsked = false;
        for (int i = 0; i < groups.length; i += 6) {
            ByteBuffer group = ByteBuffer.wrap(groups, i, 6);
            long one = (group.getShort() & 0xffffL) << 32 | group.getInt() & 0xffffffffL;
            isAsked |= one == to;
        }
        return isGroup && ((mode & 8) != 0 || (mode & 2) != 0 && isAsked);
    }
}
