package dev.cortado.drivers.virtio.console;

import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.drivers.virtio.transport.VirtioException;

/**
 * The device's configuration (VIRTIO 1.2, 5.3.4, {@code struct virtio_console_config}): columns,
 * rows, how many ports it may have, and a register for emergencies. Nobody asks for a size, and
 * emergencies have a serial port, so that only the ports are read.
 */
final class ConsoleConfiguration {
    /** VIRTIO_CONSOLE_F_MULTIPORT: there are several ports, and messages about them (5.3.3). */
    static final long MULTIPORT = 1L << 1;

    /** A console is looked for among the first: the queues of each take memory. */
    static final int MOST_PORTS = 8;

    private static final int MAX_NR_PORTS = 4;

    private ConsoleConfiguration() {}

    /** How many ports the device may have: 1 or more, of 32 bits without a sign. */
    static int ports(VirtioDevice device) throws VirtioException {
        if (!device.has(MULTIPORT)) {
            return 1;
        }
        int ports = device.configuration().read(registers -> registers.read32(MAX_NR_PORTS));
        if (ports == 0) {
            throw device.fail("it may have no port");
        }
        return ports;
    }
}
