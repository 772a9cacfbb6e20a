package dev.cortado.drivers.virtio.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.virtio.queue.DeviceSide;
import dev.cortado.drivers.virtio.queue.QueueSettings;
import dev.cortado.kernel.memory.HostMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntConsumer;

/**
 * An honest device behind its registers, written from VIRTIO 1.2, 2 and 3. It fails the test when
 * the driver does things in an order that it must not.
 */
public final class VirtioModel {
    /** What the device knows of a queue. */
    public static final class Queue {
        public int largest;
        int size;
        public long descriptors;
        public long driver;
        public long device;
        public int vector = VirtioTransport.NO_VECTOR;
        public boolean enabled;
        private DeviceSide side;
    }

    public final HostMemory memory;
    public final int type;
    public final boolean legacy;
    public final Queue[] queues;
    public final ByteBuffer configuration;
    public long offered;
    public long accepted;
    public int status;
    public int generation;
    public int causes;
    public int vectors = 4;
    public int configurationVector = VirtioTransport.NO_VECTOR;

    /** Features that it offers and then does not want. */
    public long refused;

    /** Reads of the status until a reset is over. */
    public int resetReads;

    public int resets;
    public int notifications;
    public IntConsumer notified = queue -> {};
    private int resetsLeft;

    public VirtioModel(
            HostMemory memory, int type, boolean legacy, long offered, int bytes, int... sizes) {
        this.memory = memory;
        this.type = type;
        this.legacy = legacy;
        this.offered = legacy ? offered & 0xffff_ffffL : offered | Features.VERSION_1;
        configuration = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        queues = new Queue[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            queues[i] = new Queue();
            queues[i].largest = sizes[i];
            queues[i].size = sizes[i];
        }
    }

    int readStatus() {
        return resetsLeft-- > 0 ? 0x55 : status;
    }

    synchronized void writeStatus(int value) {
        if (value == 0) {
            resets++;
            resetsLeft = resetReads;
            status = 0;
            accepted = 0;
            configurationVector = VirtioTransport.NO_VECTOR;
            for (Queue queue : queues) {
                queue.vector = VirtioTransport.NO_VECTOR;
                queue.enabled = false;
                queue.side = null;
                queue.size = queue.largest;
            }
            return;
        }
        // 2.1.1: bits are only added, in their order.
        assertEquals(status, status & value & ~DeviceStatus.FAILED);
        if ((value & DeviceStatus.FAILED) == 0) {
            int added = value & ~status;
            int before = status;
            if (added == DeviceStatus.DRIVER) {
                assertEquals(DeviceStatus.ACKNOWLEDGE, before);
            } else if (added == DeviceStatus.FEATURES_OK) {
                assertTrue(!legacy && before == 3);
                if ((accepted & ~offered) != 0
                        || (accepted & refused) != 0
                        || (accepted & Features.VERSION_1) == 0) {
                    return;
                }
            } else if (added == DeviceStatus.DRIVER_OK) {
                assertEquals(legacy ? 3 : 11, before);
            } else {
                assertEquals(DeviceStatus.ACKNOWLEDGE, added);
            }
        }
        status = value;
    }

    void enable(int index) {
        assertEquals(legacy ? 3 : 11, status, "queues after features, before DRIVER_OK");
        assertTrue(queues[index].size <= queues[index].largest);
        queues[index].enabled = true;
    }

    void ring(int index) {
        assertTrue((status & DeviceStatus.DRIVER_OK) != 0, "notified before DRIVER_OK");
        assertTrue(queues[index].enabled);
        notifications++;
        notified.accept(index);
    }

    /** The device's side of a queue that the driver has enabled. */
    public DeviceSide side(int index) {
        Queue queue = queues[index];
        if (queue.side == null) {
            boolean indirect = (accepted & Features.INDIRECT_DESC) != 0;
            QueueSettings settings =
                    new QueueSettings(
                            "model",
                            index,
                            queue.size,
                            (accepted & Features.RING_PACKED) != 0,
                            (accepted & Features.EVENT_IDX) != 0,
                            indirect ? 1 : 0,
                            legacy);
            queue.side =
                    DeviceSide.of(memory, settings, queue.descriptors, queue.driver, queue.device);
        }
        return queue.side;
    }

    /** A legacy queue: 2.7.2, the used ring at the next page behind the available ring. */
    void place(int index, long page) {
        Queue queue = queues[index];
        queue.descriptors = page << 12;
        queue.driver = queue.descriptors + 16L * queue.size;
        queue.device = (queue.driver + 6 + 2L * queue.size + 4095) & ~4095L;
        enable(index);
    }
}
