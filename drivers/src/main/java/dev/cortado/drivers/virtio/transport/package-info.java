/**
 * How a driver reaches a virtio device (VIRTIO 1.2, 4), and how the two agree on what they do
 * (3.1). {@link dev.cortado.drivers.virtio.transport.VirtioTransport} is the same over PCI and
 * memory-mapped registers, today's and legacy; {@link
 * dev.cortado.drivers.virtio.transport.VirtioDevice} is what drivers use.
 */
package dev.cortado.drivers.virtio.transport;
