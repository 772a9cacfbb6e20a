/**
 * The machine's virtio devices, wherever they are: on PCI, or at addresses that the command line or
 * ACPI's tables say. A driver gets a {@link dev.cortado.drivers.virtio.bus.VirtioConnection} and
 * need not know.
 */
package dev.cortado.drivers.virtio.bus;
