/**
 * Interrupts for the drivers of devices on a bus: vectors that are given back, sent to a chosen
 * CPU, and that wake a thread. {@link dev.cortado.kernel.device.DeviceInterrupt} is what drivers
 * use.
 */
package dev.cortado.kernel.device;
