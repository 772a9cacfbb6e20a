/** Network cards on PCI: which driver a card is for. */
package dev.cortado.drivers.pci.network;
