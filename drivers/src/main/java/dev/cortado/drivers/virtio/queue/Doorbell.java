package dev.cortado.drivers.virtio.queue;

/** How a device is told that there is something for it in a queue. */
public interface Doorbell {
    void notifyQueue(int queue);
}
