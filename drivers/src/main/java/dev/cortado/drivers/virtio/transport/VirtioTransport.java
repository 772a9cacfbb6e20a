package dev.cortado.drivers.virtio.transport;

import dev.cortado.drivers.register.Registers;
import dev.cortado.drivers.virtio.queue.Doorbell;

/**
 * A virtio device as a bus shows it (VIRTIO 1.2, 4). It does what it is told and checks only what
 * it needs itself; {@link VirtioDevice} knows the order and checks the answers.
 */
public interface VirtioTransport extends Doorbell {
    /** No interrupt for a queue (4.1.5.1.2.2). */
    int NO_VECTOR = 0xffff;

    /** Causes of an interrupt, 4.1.4.5 and 4.2.2: queues were used. */
    int CAUSE_QUEUE = 1;

    /** The device's configuration has changed. */
    int CAUSE_CONFIGURATION = 2;

    /** The device's name, for messages: its bus and where it is there. */
    String name();

    /** Of {@link DeviceType}; 0 is nothing. */
    int deviceType();

    /** Whether it is spoken to as before version 1 of the specification. */
    boolean isLegacy();

    /** Of {@link DeviceStatus}. */
    int status();

    void setStatus(int status);

    long deviceFeatures();

    void setDriverFeatures(long features);

    /** The largest size of a queue, 0 if there is no such queue; as the device says it. */
    int queueSize(int queue);

    /** Whether a queue may be smaller than the device says. */
    boolean canChooseQueueSize();

    /**
     * Tells the device where a queue is.
     *
     * @throws VirtioException it cannot be there
     */
    void enableQueue(int queue, QueuePlace place) throws VirtioException;

    /** The device's own configuration (2.5), of which there may be none. */
    Registers configuration();

    /** Changes when the configuration does; always the same where devices have no such thing. */
    int configurationGeneration();

    /** The causes of a line's interrupt, which this acknowledges. Messages have no causes. */
    int takeInterruptCauses();

    /**
     * The message for a queue, an index into the device's table.
     *
     * @return false if the device cannot
     */
    boolean setQueueVector(int queue, int vector);

    /** The message for a change of configuration. */
    boolean setConfigurationVector(int vector);
}
