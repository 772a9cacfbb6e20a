/** The entropy device (VIRTIO 1.2, 5.4). */
package dev.cortado.drivers.virtio.entropy;
