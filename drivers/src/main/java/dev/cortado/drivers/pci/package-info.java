/**
 * PCI and PCI Express (PCI Local Bus Specification 3.0, PCI Express Base Specification 5.0). {@link
 * dev.cortado.drivers.pci.PciScan} finds the functions that a {@link
 * dev.cortado.drivers.pci.ConfigurationSpace} reaches; a {@link dev.cortado.drivers.pci.PciDevice}
 * is what a driver gets of one. What a device says of itself is checked where it is read: what
 * cannot be is a {@link dev.cortado.drivers.pci.PciException}, which names the device, and costs
 * the machine that device.
 */
package dev.cortado.drivers.pci;
