package dev.cortado.drivers.virtio.network;

import dev.cortado.drivers.network.MacAddress;
import dev.cortado.drivers.virtio.queue.BufferChain;
import dev.cortado.drivers.virtio.queue.VirtQueue;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.RingMemory;
import java.io.IOException;

/**
 * Commands to a network device (VIRTIO 1.2, 5.1.6.5, struct virtio_net_ctrl): u8 class, u8 command,
 * what the command is about, and u8 ack, which the device writes. One at a time; commands are rare,
 * so that who gives one looks for the answer and needs no interrupt.
 */
final class ControlQueue {
    /** Groups that a device is told of; where there are more, it is to give those of all. */
    static final int MOST_GROUPS = 64;

    private static final int LARGEST = 16;

    /** Command, two tables, answer. */
    private static final int LONGEST_CHAIN = 4;

    private static final int PATIENCE_MILLISECONDS = 5000;

    /** VIRTIO_NET_CTRL_RX, 5.1.6.5.1. */
    private static final int RX = 0;

    private static final int RX_PROMISC = 0;
    private static final int RX_ALLMULTI = 1;

    /** VIRTIO_NET_CTRL_MAC, 5.1.6.5.2. */
    private static final int MAC = 1;

    private static final int MAC_TABLE_SET = 0;
    private static final int MAC_ADDR_SET = 1;

    /** VIRTIO_NET_CTRL_ANNOUNCE, 5.1.6.5.4. */
    private static final int ANNOUNCE = 3;

    private static final int ANNOUNCE_ACK = 0;

    /** VIRTIO_NET_CTRL_MQ, 5.1.6.5.6. */
    private static final int MQ = 4;

    private static final int MQ_VQ_PAIRS_SET = 0;

    private static final int OK = 0;
    private static final int NO_ACK = 0xff;

    private static final int COMMAND_BYTES = 2;
    private static final int FIRST = 16;
    private static final int SECOND = 32;
    private static final int TABLE_HEADER_BYTES = 4;
    private static final int ACK = 4088;
    private static final int BYTES = 4096;

    private final VirtioNet net;
    private final VirtioDevice device;
    private final VirtioDevice.Delay delay;
    private final VirtQueue queue;
    private final RingMemory memory;
    private final DeviceBlock block;
    private final BufferChain chain = new BufferChain(LONGEST_CHAIN);

    ControlQueue(VirtioNet net, VirtioDevice device, int index, VirtioDevice.Delay delay)
            throws IOException {
        this.net = net;
        this.device = device;
        this.delay = delay;
        queue = device.openQueue(index, LARGEST, LONGEST_CHAIN);
        if (queue.settings().size() < LONGEST_CHAIN) {
            throw device.fail("queue " + index + " has no room for a command");
        }
        queue.disableInterrupts();
        memory = device.memory();
        block = device.frames().allocate(BYTES, BuddyAllocator.NO_LIMIT);
    }

    boolean setPromiscuous(boolean on) throws IOException {
        write(FIRST, on ? 1 : 0);
        return command(RX, RX_PROMISC, 1, 0);
    }

    boolean setAllGroups(boolean on) throws IOException {
        write(FIRST, on ? 1 : 0);
        return command(RX, RX_ALLMULTI, 1, 0);
    }

    /** No more than {@link #MOST_GROUPS}; all packets for the device's own address come anyway. */
    boolean setGroups(long[] addresses) throws IOException {
        write32(FIRST, 0); // no more addresses of our own
        write32(SECOND, addresses.length);
        for (int i = 0; i < addresses.length; i++) {
            writeAddress(SECOND + TABLE_HEADER_BYTES + i * MacAddress.BYTES, addresses[i]);
        }
        int second = TABLE_HEADER_BYTES + addresses.length * MacAddress.BYTES;
        return command(MAC, MAC_TABLE_SET, TABLE_HEADER_BYTES, second);
    }

    boolean setAddress(long address) throws IOException {
        writeAddress(FIRST, address);
        return command(MAC, MAC_ADDR_SET, MacAddress.BYTES, 0);
    }

    boolean acknowledgeAnnouncement() throws IOException {
        return command(ANNOUNCE, ANNOUNCE_ACK, 0, 0);
    }

    boolean setPairs(int pairs) throws IOException {
        write(FIRST, pairs);
        write(FIRST + 1, pairs >> 8);
        return command(MQ, MQ_VQ_PAIRS_SET, 2, 0);
    }

    /** Whether the device has done it. */
    private boolean command(int kind, int command, int first, int second) throws IOException {
        write(0, kind);
        write(1, command);
        write(ACK, NO_ACK);
        chain.clear().out(block.deviceAddress(0, COMMAND_BYTES), COMMAND_BYTES);
        if (first > 0) {
            chain.out(block.deviceAddress(FIRST, first), first);
        }
        if (second > 0) {
            chain.out(block.deviceAddress(SECOND, second), second);
        }
        queue.add(chain.in(block.deviceAddress(ACK, 1), 1), 0);
        queue.publish();
        await();
        return memory.readByte(block.address() + ACK) == OK;
    }

    private void await() throws IOException {
        boolean interrupted = false;
        try {
            for (int i = 0; queue.take() == VirtQueue.NONE; i++) {
                net.checkUsable(); // a device that was reset answers nothing
                if (i == PATIENCE_MILLISECONDS) {
                    throw new IOException(device.name() + ": it does not answer a command");
                }
                try {
                    delay.sleep(1);
                } catch (InterruptedException e) {
                    interrupted = true; // afterwards
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void write(int offset, int value) {
        memory.writeByte(block.address() + offset, (byte) value);
    }

    private void write32(int offset, int value) {
        memory.writeIntRelease(block.address() + offset, value);
    }

    private void writeAddress(int offset, long address) {
        for (int i = 0; i < MacAddress.BYTES; i++) {
            write(offset + i, MacAddress.byteOf(address, i));
        }
    }
}
