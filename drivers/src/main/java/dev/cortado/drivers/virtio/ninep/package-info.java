/**
 * The device by which a host shares a folder (Linux, include/uapi/linux/virtio_9p.h; VIRTIO 1.2
 * knows its number only, 5). It carries messages; what they say is somebody else's business.
 */
package dev.cortado.drivers.virtio.ninep;
