package dev.cortado.drivers.virtio.bus;

import dev.cortado.drivers.virtio.transport.DeviceType;
import java.io.IOException;
import java.util.Arrays;

/** A place on a bus where the machine has a virtio device. One driver at a time has it. */
public abstract class VirtioPlace {
    private final String name;
    private final int deviceType;
    private boolean claimed;

    VirtioPlace(String name, int deviceType) {
        this.name = name;
        this.deviceType = deviceType;
    }

    /** Its bus and where it is there. */
    public final String name() {
        return name;
    }

    /** Of {@link DeviceType}. */
    public final int deviceType() {
        return deviceType;
    }

    /** Whether a driver has it. */
    public final synchronized boolean isClaimed() {
        return claimed;
    }

    /** As the other, where one CPU has all interrupts, and one message is for all queues. */
    public final VirtioConnection open(int cpu) throws IOException {
        return open(new int[] {cpu});
    }

    /**
     * Claims the device for a driver, until the connection is closed. It is reset, and nothing of
     * it is started.
     *
     * @param cpus one for each message that its queues share, as far as it has so many; whatever
     *     else there is goes to the first
     * @throws IOException a driver has it already, it cannot be reached, or does not reset itself
     */
    public final VirtioConnection open(int[] cpus) throws IOException {
        claim();
        boolean done = false;
        try {
            int[] messages = Arrays.copyOf(cpus, cpus.length + 1);
            messages[cpus.length] = cpus[0];
            BusConnection bus = connect(messages);
            try {
                VirtioConnection connection = new VirtioConnection(this, bus);
                connection.begin();
                done = true;
                return connection;
            } finally {
                if (!done) {
                    bus.close();
                }
            }
        } finally {
            if (!done) {
                release();
            }
        }
    }

    private synchronized void claim() throws IOException {
        if (claimed) {
            throw new IOException(this + ": another driver has it");
        }
        claimed = true;
    }

    final synchronized void release() {
        claimed = false;
    }

    /**
     * Reaches for its registers and interrupts; nothing is left behind if that fails.
     *
     * @param cpus for each message one; a line goes to the first
     */
    abstract BusConnection connect(int[] cpus) throws IOException;

    /** For messages. */
    @Override
    public String toString() {
        return DeviceType.name(deviceType) + " (" + name + ")";
    }
}
