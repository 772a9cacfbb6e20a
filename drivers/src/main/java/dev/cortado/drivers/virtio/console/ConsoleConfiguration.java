package dev.cortado.drivers.virtio.console;

import dev.cortado.drivers.register.Registers;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.drivers.virtio.transport.VirtioException;

/**
 * The device's configuration (VIRTIO 1.2, 5.3.4, {@code struct virtio_console_config}): columns,
 * rows, how many ports it may have, and a register for emergencies. A size is not asked for: Java
 * has nobody who would hear of one.
 */
final class ConsoleConfiguration {
    /** VIRTIO_CONSOLE_F_MULTIPORT: there are several ports, and messages about them (5.3.3). */
    static final long MULTIPORT = 1L << 1;

    /** VIRTIO_CONSOLE_F_EMERG_WRITE: a byte can be written without any queue (5.3.3). */
    static final long EMERG_WRITE = 1L << 2;

    /** A console is looked for among the first: the queues of each take memory. */
    static final int MOST_PORTS = 8;

    private static final int MAX_NR_PORTS = 4;
    private static final int EMERG_WR = 8;

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

    /**
     * Where 4 bytes lie in memory, whose lowest is shown when it is written, also while the device
     * is in no state to do anything else; 0 if it has no such register.
     */
    static long emergency(VirtioDevice device) throws VirtioException {
        return device.has(EMERG_WRITE)
                ? device.configuration().address(EMERG_WR, Integer.BYTES)
                : Registers.NO_ADDRESS;
    }
}
