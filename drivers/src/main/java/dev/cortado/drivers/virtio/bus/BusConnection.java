package dev.cortado.drivers.virtio.bus;

import dev.cortado.drivers.virtio.transport.VirtioTransport;
import dev.cortado.kernel.device.DeviceInterrupt;

/** What a bus gives to who has a device on it. */
interface BusConnection {
    VirtioTransport transport();

    DeviceInterrupt interrupt();

    /** Whether interrupts are messages, and not a line. */
    boolean isMessages();

    /**
     * Whether interrupts are edges: what was raised while another one was not taken yet makes none.
     */
    default boolean isEdge() {
        return false;
    }

    /** The device may read and write memory: it was reset. */
    void admitToMemory();

    /**
     * Keeps the device from memory, whatever it wants to do there.
     *
     * @return false if nothing can
     */
    boolean keepFromMemory();

    /**
     * Takes interrupts and registers away.
     *
     * @return whether the device is kept from memory now, whatever it wants to do there
     */
    boolean close();
}
