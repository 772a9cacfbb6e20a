/** Network devices of the host (VIRTIO 1.2, 5.1). */
package dev.cortado.drivers.virtio.network;
