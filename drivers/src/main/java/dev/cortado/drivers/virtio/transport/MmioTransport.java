package dev.cortado.drivers.virtio.transport;

import dev.cortado.drivers.register.RegisterWindow;
import dev.cortado.drivers.register.Registers;
import dev.cortado.kernel.memory.Frames;

/** A device with registers in memory, of version 2 or, legacy, 1 (VIRTIO 1.2, 4.2.2 and 4.2.4). */
public final class MmioTransport implements VirtioTransport {
    private static final int MAGIC_VALUE = 0x000;
    private static final int VERSION = 0x004;
    private static final int DEVICE_ID = 0x008;
    private static final int DEVICE_FEATURES = 0x010;
    private static final int DEVICE_FEATURES_SELECT = 0x014;
    private static final int DRIVER_FEATURES = 0x020;
    private static final int DRIVER_FEATURES_SELECT = 0x024;
    private static final int QUEUE_SELECT = 0x030;
    private static final int QUEUE_NUM_MAX = 0x034;
    private static final int QUEUE_NUM = 0x038;
    private static final int QUEUE_READY = 0x044;
    private static final int QUEUE_NOTIFY = 0x050;
    private static final int INTERRUPT_STATUS = 0x060;
    private static final int INTERRUPT_ACK = 0x064;
    private static final int STATUS = 0x070;
    private static final int QUEUE_DESC = 0x080;
    private static final int QUEUE_DRIVER = 0x090;
    private static final int QUEUE_DEVICE = 0x0a0;
    private static final int CONFIG_GENERATION = 0x0fc;
    private static final int CONFIGURATION = 0x100;

    /** Of version 1. */
    private static final int GUEST_PAGE_SIZE = 0x028;

    private static final int QUEUE_ALIGN = 0x03c;
    private static final int QUEUE_PFN = 0x040;

    /** "virt". */
    private static final int MAGIC = 0x7472_6976;

    private static final int LEGACY_VERSION = 1;
    private static final int CURRENT_VERSION = 2;

    private final String name;
    private final Registers registers;
    private final boolean legacy;

    /**
     * @param name of the place, for messages
     * @throws VirtioException there is no device that this knows
     */
    public MmioTransport(String name, Registers registers) throws VirtioException {
        this.name = name;
        this.registers = registers;
        if (registers.bytes() < CONFIGURATION) {
            throw new VirtioException(name, registers.bytes() + " bytes are no registers");
        }
        int magic = registers.read32(MAGIC_VALUE);
        int version = registers.read32(VERSION);
        if (magic != MAGIC) {
            throw new VirtioException(
                    name, "no virtio device: it begins with 0x" + Integer.toHexString(magic));
        }
        if (version != LEGACY_VERSION && version != CURRENT_VERSION) {
            throw new VirtioException(
                    name, "registers of version " + Integer.toUnsignedString(version));
        }
        legacy = version == LEGACY_VERSION;
        if (legacy) {
            registers.write32(GUEST_PAGE_SIZE, (int) Frames.SIZE);
        }
    }

    @Override
    public String name() {
        return name;
    }

    /** 0: a place without a device (4.2.2.1), with which there is nothing wrong. */
    @Override
    public int deviceType() {
        return registers.read32(DEVICE_ID);
    }

    @Override
    public boolean isLegacy() {
        return legacy;
    }

    @Override
    public int status() {
        return registers.read32(STATUS);
    }

    @Override
    public void setStatus(int status) {
        registers.write32(STATUS, status);
        if (legacy && status == DeviceStatus.RESET) {
            registers.write32(GUEST_PAGE_SIZE, (int) Frames.SIZE); // forgotten with the rest
        }
    }

    @Override
    public long deviceFeatures() {
        long features = 0;
        for (int half = 1; half >= 0; half--) {
            registers.write32(DEVICE_FEATURES_SELECT, half);
            features = features << 32 | Integer.toUnsignedLong(registers.read32(DEVICE_FEATURES));
        }
        return features;
    }

    @Override
    public void setDriverFeatures(long features) {
        for (int half = 1; half >= 0; half--) {
            registers.write32(DRIVER_FEATURES_SELECT, half);
            registers.write32(DRIVER_FEATURES, (int) (features >>> 32 * half));
        }
    }

    @Override
    public synchronized int queueSize(int queue) {
        registers.write32(QUEUE_SELECT, queue);
        return registers.read32(QUEUE_NUM_MAX);
    }

    @Override
    public boolean canChooseQueueSize() {
        return true;
    }

    @Override
    public synchronized void enableQueue(int queue, QueuePlace place) throws VirtioException {
        registers.write32(QUEUE_SELECT, queue);
        registers.write32(QUEUE_NUM, place.size());
        if (legacy) {
            long page = LegacyPages.pageNumber(name, queue, place);
            registers.write32(QUEUE_ALIGN, (int) Frames.SIZE);
            registers.write32(QUEUE_PFN, (int) page);
            return;
        }
        if (registers.read32(QUEUE_READY) != 0) {
            throw new VirtioException(name, "queue " + queue + " is in use after a reset");
        }
        write64(QUEUE_DESC, place.descriptors());
        write64(QUEUE_DRIVER, place.driver());
        write64(QUEUE_DEVICE, place.device());
        registers.write32(QUEUE_READY, 1);
    }

    private void write64(int offset, long value) {
        registers.write32(offset, (int) value);
        registers.write32(offset + 4, (int) (value >>> 32));
    }

    @Override
    public void notifyQueue(int queue) {
        registers.write32(QUEUE_NOTIFY, queue);
    }

    @Override
    public Registers configuration() {
        return new RegisterWindow(registers, CONFIGURATION, registers.bytes() - CONFIGURATION);
    }

    @Override
    public int configurationGeneration() {
        return legacy ? 0 : registers.read32(CONFIG_GENERATION);
    }

    @Override
    public int takeInterruptCauses() {
        int causes = registers.read32(INTERRUPT_STATUS) & (CAUSE_QUEUE | CAUSE_CONFIGURATION);
        if (causes != 0) {
            registers.write32(INTERRUPT_ACK, causes);
        }
        return causes;
    }

    @Override
    public boolean setQueueVector(int queue, int vector) {
        return false;
    }

    @Override
    public boolean setConfigurationVector(int vector) {
        return false;
    }
}
