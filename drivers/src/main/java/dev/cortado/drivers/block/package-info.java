/** Devices that keep blocks of bytes. */
package dev.cortado.drivers.block;
