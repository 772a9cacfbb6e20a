/** Disks behind controllers on PCI: which driver a controller is for. */
package dev.cortado.drivers.pci.block;
