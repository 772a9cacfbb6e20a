/**
 * Virtqueues, split and packed (VIRTIO 1.2, 2.6 to 2.8), from the driver's side: {@link
 * dev.cortado.drivers.virtio.queue.VirtQueue} is what drivers use. Nothing that the device writes
 * is believed: a queue in which it writes what cannot be is broken, and says so with the names of
 * device and queue.
 */
package dev.cortado.drivers.virtio.queue;
