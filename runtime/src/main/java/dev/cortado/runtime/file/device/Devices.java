package dev.cortado.runtime.file.device;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.ConsoleFile;
import dev.cortado.runtime.file.open.OpenFile;
import java.util.Map;
import java.util.function.Supplier;

/** What is behind the numbers of character devices. */
public final class Devices {
    /** Where no device can be opened. */
    public static final Devices NONE = new Devices(Map.of());

    private final Map<Long, Supplier<OpenFile>> byNumber;

    private Devices(Map<Long, Supplier<OpenFile>> byNumber) {
        this.byNumber = byNumber;
    }

    /**
     * All of {@link DeviceNumber}.
     *
     * @param console any file on it
     */
    public static Devices of(RandomSource random, ConsoleFile console) {
        return new Devices(
                Map.of(
                        DeviceNumber.NULL, NullDevice::new,
                        DeviceNumber.ZERO, ZeroDevice::new,
                        DeviceNumber.FULL, FullDevice::new,
                        DeviceNumber.RANDOM, () -> new RandomDevice(random),
                        DeviceNumber.UNPREDICTABLE, () -> new RandomDevice(random),
                        DeviceNumber.CONSOLE, console::inputAndOutput));
    }

    /**
     * A file to read and to write.
     *
     * @throws FileException ENXIO if there is no such device
     */
    public OpenFile open(long number) throws FileException {
        Supplier<OpenFile> device = byNumber.get(number);
        if (device == null) {
            throw new FileException(Errno.ENXIO);
        }
        return device.get();
    }
}
