package dev.cortado.drivers.virtio.transport;

/**
 * Where a device finds a queue.
 *
 * @param size descriptors
 * @param descriptors address of the descriptors; of a legacy queue, of all of it
 * @param driver address of what the driver writes
 * @param device address of what the device writes
 */
public record QueuePlace(int size, long descriptors, long driver, long device) {}
