/** The block device (VIRTIO 1.2, 5.2). */
package dev.cortado.drivers.virtio.block;
