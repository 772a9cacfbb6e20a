/**
 * Registers of devices, wherever they are: in memory, at ports, or in a test's model of the device.
 */
package dev.cortado.drivers.register;
