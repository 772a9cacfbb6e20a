/** QEMU's disks, of version 3 (QEMU, docs/interop/qcow2). */
package dev.cortado.image.format.qcow2;
