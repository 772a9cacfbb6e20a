/** The SCSI host device (VIRTIO 1.2, 5.6). */
package dev.cortado.drivers.virtio.scsi;
