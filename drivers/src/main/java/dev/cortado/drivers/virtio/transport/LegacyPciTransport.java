package dev.cortado.drivers.virtio.transport;

import dev.cortado.drivers.register.RegisterWindow;
import dev.cortado.drivers.register.Registers;

/**
 * A legacy device on PCI, or a transitional one spoken to as such (VIRTIO 1.2, 4.1.4.10): ports of
 * its first base address.
 */
public final class LegacyPciTransport implements VirtioTransport {
    private static final int DEVICE_FEATURES = 0;
    private static final int DRIVER_FEATURES = 4;
    private static final int QUEUE_ADDRESS = 8;
    private static final int QUEUE_SIZE = 12;
    private static final int QUEUE_SELECT = 14;
    private static final int QUEUE_NOTIFY = 16;
    private static final int DEVICE_STATUS = 18;
    private static final int ISR_STATUS = 19;

    /** Only while the device interrupts by messages; its configuration is behind them then. */
    private static final int CONFIG_MSIX_VECTOR = 20;

    private static final int QUEUE_MSIX_VECTOR = 22;
    private static final int CONFIGURATION = 20;
    private static final int CONFIGURATION_WITH_MESSAGES = 24;

    private final String name;
    private final int deviceType;
    private final Registers registers;
    private final boolean messages;

    /**
     * @param messages whether MSI-X is enabled, which moves registers
     */
    public LegacyPciTransport(String name, int deviceType, Registers registers, boolean messages)
            throws VirtioException {
        if (registers.bytes() < CONFIGURATION_WITH_MESSAGES) {
            throw new VirtioException(name, "it has " + registers.bytes() + " ports");
        }
        this.name = name;
        this.deviceType = deviceType;
        this.registers = registers;
        this.messages = messages;
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
        return true;
    }

    @Override
    public int status() {
        return registers.read8(DEVICE_STATUS);
    }

    @Override
    public void setStatus(int status) {
        registers.write8(DEVICE_STATUS, status);
    }

    @Override
    public long deviceFeatures() {
        return Integer.toUnsignedLong(registers.read32(DEVICE_FEATURES));
    }

    @Override
    public void setDriverFeatures(long features) {
        registers.write32(DRIVER_FEATURES, (int) features);
    }

    @Override
    public synchronized int queueSize(int queue) {
        registers.write16(QUEUE_SELECT, queue);
        return registers.read16(QUEUE_SIZE);
    }

    @Override
    public boolean canChooseQueueSize() {
        return false;
    }

    @Override
    public synchronized void enableQueue(int queue, QueuePlace place) throws VirtioException {
        long page = LegacyPages.pageNumber(name, queue, place);
        registers.write16(QUEUE_SELECT, queue);
        registers.write32(QUEUE_ADDRESS, (int) page);
    }

    @Override
    public void notifyQueue(int queue) {
        registers.write16(QUEUE_NOTIFY, queue);
    }

    @Override
    public Registers configuration() {
        int offset = messages ? CONFIGURATION_WITH_MESSAGES : CONFIGURATION;
        return new RegisterWindow(registers, offset, registers.bytes() - offset);
    }

    @Override
    public int configurationGeneration() {
        return 0;
    }

    @Override
    public int takeInterruptCauses() {
        return registers.read8(ISR_STATUS);
    }

    @Override
    public synchronized boolean setQueueVector(int queue, int vector) {
        if (!messages) {
            return false;
        }
        registers.write16(QUEUE_SELECT, queue);
        registers.write16(QUEUE_MSIX_VECTOR, vector);
        return registers.read16(QUEUE_MSIX_VECTOR) == vector;
    }

    @Override
    public boolean setConfigurationVector(int vector) {
        if (!messages) {
            return false;
        }
        registers.write16(CONFIG_MSIX_VECTOR, vector);
        return registers.read16(CONFIG_MSIX_VECTOR) == vector;
    }
}
