package dev.cortado.drivers.virtio.transport;

import dev.cortado.drivers.register.Registers;
import java.util.Arrays;

/** A device on PCI (VIRTIO 1.2, 4.1), through the structures that its capabilities name. */
public final class PciTransport implements VirtioTransport {
    /** Of the common configuration, 4.1.4.3. */
    private static final int DEVICE_FEATURE_SELECT = 0;

    private static final int DEVICE_FEATURE = 4;
    private static final int DRIVER_FEATURE_SELECT = 8;
    private static final int DRIVER_FEATURE = 12;
    private static final int CONFIG_MSIX_VECTOR = 16;
    private static final int NUM_QUEUES = 18;
    private static final int DEVICE_STATUS = 20;
    private static final int CONFIG_GENERATION = 21;
    private static final int QUEUE_SELECT = 22;
    private static final int QUEUE_SIZE = 24;
    private static final int QUEUE_MSIX_VECTOR = 26;
    private static final int QUEUE_ENABLE = 28;
    private static final int QUEUE_NOTIFY_OFF = 30;
    private static final int QUEUE_DESC = 32;
    private static final int QUEUE_DRIVER = 40;
    private static final int QUEUE_DEVICE = 48;

    /** Bytes of it that every device has. */
    static final int COMMON_BYTES = 56;

    private static final int NO_PLACE = -1;

    private final String name;
    private final int deviceType;
    private final PciStructures.Mapped structures;

    /** By queue; grows with their number, which devices say anew when features are agreed on. */
    private volatile long[] notifyPlaces = {};

    /** Which queue the common configuration shows. */
    private final Object selection = new Object();

    public PciTransport(String name, int deviceType, PciStructures.Mapped structures) {
        this.name = name;
        this.deviceType = deviceType;
        this.structures = structures;
    }

    private Registers common() {
        return structures.common();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int deviceType() {
        return deviceType;
    }

    @Override
    public boolean isLegacy() {
        return false;
    }

    @Override
    public int status() {
        return common().read8(DEVICE_STATUS);
    }

    @Override
    public void setStatus(int status) {
        common().write8(DEVICE_STATUS, status);
    }

    @Override
    public long deviceFeatures() {
        long features = 0;
        for (int half = 1; half >= 0; half--) {
            common().write32(DEVICE_FEATURE_SELECT, half);
            features = features << 32 | Integer.toUnsignedLong(common().read32(DEVICE_FEATURE));
        }
        return features;
    }

    @Override
    public void setDriverFeatures(long features) {
        for (int half = 0; half < 2; half++) {
            common().write32(DRIVER_FEATURE_SELECT, half);
            common().write32(DRIVER_FEATURE, (int) (features >>> 32 * half));
        }
    }

    @Override
    public int queueSize(int queue) {
        if (queue >= common().read16(NUM_QUEUES)) {
            return 0;
        }
        synchronized (selection) {
            common().write16(QUEUE_SELECT, queue);
            return common().read16(QUEUE_SIZE);
        }
    }

    @Override
    public boolean canChooseQueueSize() {
        return true;
    }

    @Override
    public void enableQueue(int queue, QueuePlace place) throws VirtioException {
        synchronized (selection) {
            common().write16(QUEUE_SELECT, queue);
            long offset = (long) common().read16(QUEUE_NOTIFY_OFF) * structures.notifyMultiplier();
            if (offset > structures.notifications().bytes() - 2 || (offset & 1) != 0) {
                throw new VirtioException(
                        name, "queue " + queue + " would be notified outside of its memory");
            }
            setNotifyPlace(queue, offset);
            common().write16(QUEUE_SIZE, place.size());
            write64(QUEUE_DESC, place.descriptors());
            write64(QUEUE_DRIVER, place.driver());
            write64(QUEUE_DEVICE, place.device());
            common().write16(QUEUE_ENABLE, 1);
        }
    }

    /** Two halves: 4.1.3.1 allows it for 64 bits. */
    private void write64(int offset, long value) {
        common().write32(offset, (int) value);
        common().write32(offset + 4, (int) (value >>> 32));
    }

    private void setNotifyPlace(int queue, long offset) {
        long[] old = notifyPlaces;
        long[] places = Arrays.copyOf(old, Math.max(old.length, queue + 1));
        Arrays.fill(places, old.length, places.length, NO_PLACE);
        places[queue] = offset;
        notifyPlaces = places;
    }

    @Override
    public void notifyQueue(int queue) {
        long[] places = notifyPlaces;
        if (queue < places.length && places[queue] != NO_PLACE) {
            structures.notifications().write16(places[queue], queue);
        }
    }

    @Override
    public Registers configuration() {
        return structures.device();
    }

    @Override
    public int configurationGeneration() {
        return common().read8(CONFIG_GENERATION);
    }

    @Override
    public int takeInterruptCauses() {
        return structures.causes().read8(0); // reading acknowledges, 4.1.4.5
    }

    @Override
    public boolean setQueueVector(int queue, int vector) {
        synchronized (selection) {
            common().write16(QUEUE_SELECT, queue);
            common().write16(QUEUE_MSIX_VECTOR, vector);
            return common().read16(QUEUE_MSIX_VECTOR) == vector;
        }
    }

    @Override
    public boolean setConfigurationVector(int vector) {
        common().write16(CONFIG_MSIX_VECTOR, vector);
        return common().read16(CONFIG_MSIX_VECTOR) == vector;
    }
}
