/**
 * The machine's way to its PCI devices: configuration spaces as the firmware tells of them, mapped
 * registers, and interrupts. What is read there, {@link dev.cortado.drivers.pci} checks.
 */
package dev.cortado.drivers.pci.host;
