package dev.cortado.drivers.tulip;

import dev.cortado.drivers.network.MacAddress;
import dev.cortado.drivers.network.card.ReceiveFilter;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.RingMemory;

/**
 * The addresses whose packets are to come, as a packet to the controller itself (HRM, 4.2.3,
 * perfect filtering): 16 of them, whose bytes are two in each longword.
 */
final class SetupFrame {
    static final int BYTES = 192;

    private static final int ADDRESSES = 16;
    private static final int ADDRESS_BYTES = BYTES / ADDRESSES;
    private static final long BROADCAST = (1L << 48) - 1;

    /** Beside the card's own, and all. */
    static final int MOST_GROUPS = ADDRESSES - 2;

    private final RingMemory memory;
    private final DeviceBlock block;

    SetupFrame(RingMemory memory, DeviceBlock block) {
        this.memory = memory;
        this.block = block;
    }

    long deviceAddress() {
        return block.deviceAddress(0, BYTES);
    }

    /** Whether there is room for all groups. */
    static boolean fits(ReceiveFilter filter) {
        return filter.groups().size() <= MOST_GROUPS;
    }

    /** Groups that there is no room for are left out; places that are not needed say it again. */
    void set(ReceiveFilter filter) {
        for (int i = 0; i < ADDRESSES; i++) {
            long address = i == 0 ? filter.address() : BROADCAST;
            int group = i - 2;
            if (group >= 0 && group < filter.groups().size() && fits(filter)) {
                address = filter.groups().get(group);
            }
            for (int j = 0; j < MacAddress.BYTES; j++) {
                int offset = i * ADDRESS_BYTES + j / 2 * Integer.BYTES + j % 2;
                byte octet = (byte) MacAddress.byteOf(address, j);
                memory.writeByte(block.address() + offset, octet);
                memory.writeByte(block.address() + offset + 2, octet);
            }
        }
    }
}
