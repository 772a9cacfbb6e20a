package dev.cortado.drivers.vmware.vmxnet3;

import dev.cortado.drivers.network.MacAddress;
import dev.cortado.drivers.network.card.ReceiveFilter;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.RingMemory;
import java.io.IOException;
import java.util.List;

/**
 * The page that driver and device share: Vmxnet3_DriverShared, behind it Vmxnet3_TxQueueDesc and
 * Vmxnet3_RxQueueDesc of one queue each, and the table of groups.
 */
final class DriverShared {
    /** Vmxnet3_DriverShared. */
    static final int MAGIC = 0;

    static final int ECR = 696;
    static final int BYTES = 720;

    /** Of its Vmxnet3_MiscConf. */
    static final int VERSION = 8;

    static final int GOS = 12;
    static final int VMXNET3_REV_SPT = 16;
    static final int UPT_VER_SPT = 20;
    static final int UPT_FEATURES = 24;
    static final int QUEUE_DESC_PA = 40;
    static final int QUEUE_DESC_LEN = 52;
    static final int MTU = 56;
    static final int MAX_NUM_RX_SG = 60;
    static final int NUM_TX_QUEUES = 62;
    static final int NUM_RX_QUEUES = 63;

    /** Of its Vmxnet3_IntrConf. */
    static final int AUTO_MASK = 80;

    static final int NUM_INTRS = 81;
    static final int EVENT_INTR_IDX = 82;
    static final int MOD_LEVELS = 83;
    static final int INTR_CTRL = 108;

    /** Of its Vmxnet3_RxFilterConf. */
    static final int RX_MODE = 120;

    static final int MF_TABLE_LEN = 124;
    static final int MF_TABLE_PA = 128;

    /** A bit for each VLAN of which frames come (IEEE 802.1Q). */
    static final int VF_TABLE = 136;

    static final int VF_TABLE_BYTES = 4096 / Byte.SIZE;

    /** Where the others are in the page. */
    static final int TX_QUEUE = 1024;

    static final int RX_QUEUE = TX_QUEUE + 256;
    static final int QUEUES_BYTES = 512;
    static final int MF_TABLE = 2048;

    /** Vmxnet3_TxQueueDesc. */
    static final int TX_RING_PA = 16;

    static final int TX_COMP_RING_PA = 32;
    static final int TX_RING_SIZE = 56;
    static final int TX_COMP_RING_SIZE = 64;
    static final int TX_INTR_IDX = 72;
    static final int TX_ERROR = 84;

    /** Vmxnet3_RxQueueDesc. */
    static final int UPDATE_RX_PROD = 0;

    static final int RX_RING_PA = 16;
    static final int RX_RING2_PA = 24;
    static final int RX_COMP_RING_PA = 32;
    static final int RX_RING_SIZE = 56;
    static final int RX_RING2_SIZE = 60;
    static final int RX_COMP_RING_SIZE = 64;
    static final int RX_INTR_IDX = 72;
    static final int RX_ERROR = 84;

    private static final int MAGIC_VALUE = 0xbabefee1;

    /** Of a guest with 64 bits that is like Linux; it says how little is known of others. */
    private static final int GOS_64_LINUX = 2 | 1 << 2;

    private static final int FEATURE_RXCSUM = 1;
    private static final int INTR_CTRL_DISABLE_ALL = 1;
    private static final byte MODERATION_ADAPTIVE = 8;

    private static final int RX_MODE_UCAST = 1;
    private static final int RX_MODE_MCAST = 1 << 1;
    private static final int RX_MODE_BCAST = 1 << 2;
    private static final int RX_MODE_ALL_MULTI = 1 << 3;
    private static final int RX_MODE_PROMISC = 1 << 4;

    private static final int MOST_GROUPS = (int) (Frames.SIZE - MF_TABLE) / MacAddress.BYTES;

    private final RingMemory memory;
    private final DeviceBlock block;

    /**
     * @param interrupts how many it has; with two, the second one is for what was sent
     * @param isAutoMask whether an interrupt masks itself
     */
    DriverShared(
            RingMemory memory, DeviceFrames frames, int interrupts, boolean isAutoMask, int mtu)
            throws IOException {
        this.memory = memory;
        block = frames.allocate(Frames.SIZE, BuddyAllocator.NO_LIMIT);
        putInt(MAGIC, MAGIC_VALUE);
        putInt(VERSION, 1);
        putInt(GOS, GOS_64_LINUX);
        putInt(VMXNET3_REV_SPT, Vmxnet3Registers.REVISION_1);
        putInt(UPT_VER_SPT, Vmxnet3Registers.REVISION_1);
        putLong(UPT_FEATURES, FEATURE_RXCSUM);
        putLong(QUEUE_DESC_PA, block.device() + TX_QUEUE);
        putInt(QUEUE_DESC_LEN, QUEUES_BYTES);
        putInt(MTU, mtu);
        memory.writeShortRelease(block.address() + MAX_NUM_RX_SG, 1);
        putByte(NUM_TX_QUEUES, 1);
        putByte(NUM_RX_QUEUES, 1);
        putByte(AUTO_MASK, isAutoMask ? 1 : 0);
        putByte(NUM_INTRS, interrupts);
        putByte(EVENT_INTR_IDX, 0);
        for (int i = 0; i < interrupts; i++) {
            putByte(MOD_LEVELS + i, MODERATION_ADAPTIVE);
        }
        putInt(INTR_CTRL, INTR_CTRL_DISABLE_ALL);
        putLong(MF_TABLE_PA, block.device() + MF_TABLE);
        // All of them: who is in which is for those above to know.
        for (int at = VF_TABLE; at < VF_TABLE + VF_TABLE_BYTES; at += Long.BYTES) {
            putLong(at, -1);
        }
        putByte(TX_QUEUE + TX_INTR_IDX, interrupts - 1);
        putByte(RX_QUEUE + RX_INTR_IDX, 0);
    }

    private void putByte(int at, int value) {
        memory.writeByte(block.address() + at, (byte) value);
    }

    private void putInt(int at, int value) {
        memory.writeIntRelease(block.address() + at, value);
    }

    private void putLong(int at, long value) {
        memory.writeLong(block.address() + at, value);
    }

    private int getInt(int at) {
        return memory.readIntAcquire(block.address() + at);
    }

    /** Where the device finds it. */
    long deviceAddress() {
        return block.device();
    }

    void setTransmitRings(long ring, int size, long completions) {
        putLong(TX_QUEUE + TX_RING_PA, ring);
        putLong(TX_QUEUE + TX_COMP_RING_PA, completions);
        putInt(TX_QUEUE + TX_RING_SIZE, size);
        putInt(TX_QUEUE + TX_COMP_RING_SIZE, size);
    }

    void setReceiveRings(long ring, int size, long second, int secondSize, long completions) {
        putLong(RX_QUEUE + RX_RING_PA, ring);
        putLong(RX_QUEUE + RX_RING2_PA, second);
        putLong(RX_QUEUE + RX_COMP_RING_PA, completions);
        putInt(RX_QUEUE + RX_RING_SIZE, size);
        putInt(RX_QUEUE + RX_RING2_SIZE, secondSize);
        putInt(RX_QUEUE + RX_COMP_RING_SIZE, size + secondSize);
    }

    /** Whether the device wants to hear of buffers that were added. */
    boolean isWaitingForBuffers() {
        return memory.readByte(block.address() + RX_QUEUE + UPDATE_RX_PROD) != 0;
    }

    void enableInterrupts() {
        putInt(INTR_CTRL, 0);
    }

    /** Events that have not been acknowledged. */
    int events() {
        return getInt(ECR);
    }

    /** The errors that a device which has stopped its queues has written. */
    String errors() {
        return "of what is sent 0x"
                + Integer.toHexString(getInt(TX_QUEUE + TX_ERROR))
                + ", of what comes 0x"
                + Integer.toHexString(getInt(RX_QUEUE + RX_ERROR));
    }

    /** Those of groups that do not fit the table are those for all groups. */
    void setFilter(ReceiveFilter filter) {
        List<Long> groups = filter.groups();
        boolean isMany = groups.size() > MOST_GROUPS;
        int count = isMany ? 0 : groups.size();
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < MacAddress.BYTES; j++) {
                int octet = MacAddress.byteOf(groups.get(i), j);
                putByte(MF_TABLE + i * MacAddress.BYTES + j, octet);
            }
        }
        memory.writeShortRelease(block.address() + MF_TABLE_LEN, count * MacAddress.BYTES);
        int mode = RX_MODE_UCAST | RX_MODE_BCAST;
        mode |= count > 0 ? RX_MODE_MCAST : 0;
        mode |= filter.allGroups() || isMany ? RX_MODE_ALL_MULTI : 0;
        mode |= filter.promiscuous() ? RX_MODE_PROMISC | RX_MODE_ALL_MULTI : 0;
        putInt(RX_MODE, mode);
    }
}
