/** Devices that have random bytes. */
package dev.cortado.drivers.entropy;
