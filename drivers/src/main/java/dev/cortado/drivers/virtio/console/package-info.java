/**
 * The console device (VIRTIO 1.2, 5.3). {@link VirtioConsole} drives one: it moves bytes between
 * the device's queues and the rings of a {@link ConsoleLine}, in a thread of its own. {@link
 * MachineConsole} is what the kernel writes to: the rings while there is such a device, else, and
 * where no threads run any more, the serial port.
 */
package dev.cortado.drivers.virtio.console;
