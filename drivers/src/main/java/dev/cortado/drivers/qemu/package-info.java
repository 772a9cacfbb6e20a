/** Devices that only QEMU has. */
package dev.cortado.drivers.qemu;
