package dev.cortado.drivers.virtio.transport;

import dev.cortado.drivers.register.Registers;
import java.util.Objects;
import java.util.function.Function;

/**
 * Reads a device's own configuration (VIRTIO 1.2, 2.5), which the device may change meanwhile: what
 * is read is of one time.
 */
public final class DeviceConfiguration {
    /** So often a device may change it while it is read. */
    private static final int MOST_TRIES = 64;

    private final VirtioTransport transport;

    DeviceConfiguration(VirtioTransport transport) {
        this.transport = transport;
    }

    /** Bytes that the device has. */
    public long bytes() {
        return transport.configuration().bytes();
    }

    /**
     * Reads some fields that belong together.
     *
     * @param fields reads them, perhaps several times; its result is compared by equals
     * @throws VirtioException it changes all the time, or is shorter than the fields need
     */
    public <T> T read(Function<Registers, T> fields) throws VirtioException {
        Registers registers = transport.configuration();
        try {
            for (int i = 0; i < MOST_TRIES; i++) {
                int generation = transport.configurationGeneration();
                T value = fields.apply(registers);
                // Legacy devices have no generation: what is read twice alike is believed, 2.5.3.
                if (generation == transport.configurationGeneration()
                        && (!transport.isLegacy()
                                || Objects.equals(value, fields.apply(registers)))) {
                    return value;
                }
            }
        } catch (IndexOutOfBoundsException e) {
            throw tooShort(registers);
        }
        throw new VirtioException(transport.name(), "its configuration changes all the time");
    }

    /**
     * Where a field lies in memory, or {@link Registers#NO_ADDRESS}.
     *
     * @throws VirtioException the configuration ends before it
     */
    public long address(long offset, int width) throws VirtioException {
        Registers registers = transport.configuration();
        try {
            return registers.address(offset, width);
        } catch (IndexOutOfBoundsException e) {
            throw tooShort(registers);
        }
    }

    private VirtioException tooShort(Registers registers) {
        return new VirtioException(
                transport.name(), "its configuration has only " + registers.bytes() + " bytes");
    }

    /** 64 bits: two registers. */
    public static long read64(Registers registers, long offset) {
        return Integer.toUnsignedLong(registers.read32(offset))
                | (long) registers.read32(offset + 4) << 32;
    }
}
