package dev.cortado.drivers.virtio.transport;

import dev.cortado.drivers.virtio.queue.QueueLayout;
import dev.cortado.drivers.virtio.queue.QueueSettings;
import dev.cortado.drivers.virtio.queue.VirtQueue;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.RingMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A device and its driver from reset to running (VIRTIO 1.2, 3.1.1): {@link #negotiate}, then
 * {@link #openQueue} for each queue, then {@link #start}. Whoever stops it {@linkplain #reset
 * resets} it before the frames are given back.
 */
public final class VirtioDevice {
    /** How long a device may take to reset itself. */
    private static final int RESET_MILLISECONDS = 1000;

    /** Legacy queues are named by page numbers of 32 bits. */
    private static final long LEGACY_LIMIT = 1L << 44;

    /** Waits. */
    public interface Delay {
        void sleep(int milliseconds) throws InterruptedException;
    }

    private final VirtioTransport transport;
    private final RingMemory memory;
    private final DeviceFrames frames;
    private final Delay delay;
    private final String name;
    private BooleanSupplier isolation = () -> false;
    private int queueMessages;
    private int configurationMessage = VirtioTransport.NO_VECTOR;
    private long features;

    /** Those that were opened, also before a reset: what they have taken stays counted. */
    private volatile List<VirtQueue> queues = List.of();

    /**
     * @param frames of its queues and buffers
     */
    public VirtioDevice(
            VirtioTransport transport, RingMemory memory, DeviceFrames frames, Delay delay) {
        this.transport = transport;
        this.memory = memory;
        this.frames = frames;
        this.delay = delay;
        name = DeviceType.name(transport.deviceType()) + " (" + transport.name() + ")";
    }

    /** What it is and where, for messages. */
    public String name() {
        return name;
    }

    public VirtioTransport transport() {
        return transport;
    }

    public RingMemory memory() {
        return memory;
    }

    public DeviceFrames frames() {
        return frames;
    }

    /**
     * The device is to interrupt by messages from its next {@link #negotiate} on, and not by a
     * line.
     *
     * @param ofQueues how many messages of the device's table come for queues, from the first one
     *     on, one after the other; 1 or more
     * @param ofConfiguration which one for a change of the configuration, or {@link
     *     VirtioTransport#NO_VECTOR}
     */
    public void setMessages(int ofQueues, int ofConfiguration) {
        queueMessages = ofQueues;
        configurationMessage = ofConfiguration;
    }

    /**
     * How to keep the device from memory where it does not {@link #reset}, whatever it wants to do
     * there.
     *
     * @param isolation false if nothing can
     */
    public void setIsolation(BooleanSupplier isolation) {
        this.isolation = isolation;
    }

    public DeviceConfiguration configuration() {
        return new DeviceConfiguration(transport);
    }

    /** The device forgets all that it was told, and leaves memory alone. */
    public void reset() throws VirtioException, InterruptedException {
        transport.setStatus(DeviceStatus.RESET);
        for (int i = 0; transport.status() != DeviceStatus.RESET; i++) {
            if (i == RESET_MILLISECONDS) {
                throw error("it does not reset itself");
            }
            delay.sleep(1);
        }
    }

    /** As {@link #reset}; who interrupts the thread meanwhile has done so afterwards. */
    public void resetUninterruptibly() throws VirtioException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    reset();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Ends all that the device does in memory: resets it, or keeps it from there.
     *
     * @throws VirtioException neither can be done: it may still write to buffers
     */
    public void stop() throws VirtioException {
        try {
            resetUninterruptibly();
        } catch (VirtioException | RuntimeException | Error e) {
            if (!isolation.getAsBoolean()) {
                throw e;
            }
        }
    }

    /**
     * Resets the device and agrees with it on features.
     *
     * @param ofDriver those that the driver can do; those of queues are agreed on beside them
     * @return those that both can do
     * @throws VirtioException the device does not agree
     */
    public long negotiate(long ofDriver) throws VirtioException, InterruptedException {
        return negotiate(ofDriver, Features.OF_QUEUES);
    }

    /** As {@link #negotiate(long)} with fewer features of queues. */
    public long negotiate(long ofDriver, long ofQueues)
            throws VirtioException, InterruptedException {
        reset();
        transport.setStatus(DeviceStatus.ACKNOWLEDGE);
        transport.setStatus(DeviceStatus.ACKNOWLEDGE | DeviceStatus.DRIVER);
        long offered = transport.deviceFeatures();
        features = offered & (ofDriver | ofQueues & Features.OF_QUEUES);
        if (transport.isLegacy()) {
            features &= Features.LEGACY_MASK;
            transport.setDriverFeatures(features);
            chooseConfigurationMessage();
            return features;
        }
        if (!has(Features.VERSION_1)) {
            throw fail("it offers features 0x" + Long.toHexString(offered) + " without version 1");
        }
        transport.setDriverFeatures(features);
        add(DeviceStatus.FEATURES_OK);
        if ((transport.status() & DeviceStatus.FEATURES_OK) == 0) {
            throw fail("it refuses features 0x" + Long.toHexString(features));
        }
        chooseConfigurationMessage();
        return features;
    }

    /** A reset has made it forget (4.1.5.1.2). */
    private void chooseConfigurationMessage() throws VirtioException {
        if (configurationMessage != VirtioTransport.NO_VECTOR
                && !transport.setConfigurationVector(configurationMessage)) {
            throw fail("it takes no message for its configuration");
        }
    }

    /** Whether all of these were agreed on. */
    public boolean has(long all) {
        return (features & all) == all;
    }

    /**
     * Makes a queue and tells the device of it.
     *
     * @param largest descriptors, if the device has more; legacy devices choose themselves
     * @param longestChain of buffers, for which tables are made where both can do that
     * @throws VirtioException the device has no such queue, or of a size that cannot be
     * @throws IOException there is no memory for it
     */
    public VirtQueue openQueue(int index, int largest, int longestChain) throws IOException {
        boolean packed = has(Features.RING_PACKED);
        int offered = transport.queueSize(index);
        if (!QueueSettings.isSize(offered, packed)) {
            throw fail("queue " + index + " has a size of " + Integer.toUnsignedString(offered));
        }
        int size = offered;
        if (transport.canChooseQueueSize() && largest < offered) {
            size = packed ? largest : Integer.highestOneBit(largest);
        }
        boolean legacy = !has(Features.VERSION_1);
        // No tables for more descriptors than the driver asked for: the device chose the size.
        boolean tables = has(Features.INDIRECT_DESC) && longestChain > 1 && size <= largest;
        int indirect = tables ? longestChain : 0;
        QueueSettings settings =
                new QueueSettings(
                        name,
                        index,
                        size,
                        packed,
                        has(Features.EVENT_IDX),
                        Math.min(indirect, size),
                        legacy);
        long limit = legacy ? LEGACY_LIMIT : BuddyAllocator.NO_LIMIT;
        VirtQueue queue =
                VirtQueue.create(
                        memory,
                        settings,
                        frames.allocate(QueueLayout.of(settings).bytes(), limit),
                        transport);
        if (queueMessages > 0 && !transport.setQueueVector(index, index % queueMessages)) {
            throw fail("it takes no message for queue " + index);
        }
        List<VirtQueue> more = new ArrayList<>(queues);
        more.add(queue);
        queues = more;
        transport.enableQueue(
                index,
                new QueuePlace(
                        size,
                        queue.descriptorAddress(),
                        queue.driverAddress(),
                        queue.deviceAddress()));
        return queue;
    }

    /** How many chains were taken from all queues that were opened. Any thread may look. */
    public long taken() {
        long sum = 0;
        for (VirtQueue queue : queues) {
            sum += queue.taken();
        }
        return sum;
    }

    /** The device may use its queues and interrupt. */
    public void start() {
        add(DeviceStatus.DRIVER_OK);
    }

    /**
     * Looks whether the device can go on. It tells of that by a change of its configuration
     * (2.1.2).
     *
     * @throws VirtioException it has had an error that only a reset ends
     */
    public void requireNoReset() throws VirtioException {
        if ((transport.status() & DeviceStatus.DEVICE_NEEDS_RESET) != 0) {
            throw error("it wants to be reset");
        }
    }

    private void add(int bits) {
        transport.setStatus(transport.status() | bits);
    }

    /** The driver gives up: the device is told, and who asked. */
    public VirtioException fail(String message) {
        add(DeviceStatus.FAILED);
        return error(message);
    }

    private VirtioException error(String message) {
        return new VirtioException(name, message);
    }
}
