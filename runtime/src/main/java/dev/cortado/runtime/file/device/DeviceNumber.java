package dev.cortado.runtime.file.device;

/**
 * Numbers of devices, as {@code st_rdev} has them (Linux, Documentation/admin-guide/devices.txt).
 */
public final class DeviceNumber {
    private static final int MEMORY = 1;
    private static final int TERMINAL = 5;

    public static final long NULL = of(MEMORY, 3);
    public static final long ZERO = of(MEMORY, 5);
    public static final long FULL = of(MEMORY, 7);
    public static final long RANDOM = of(MEMORY, 8);
    public static final long UNPREDICTABLE = of(MEMORY, 9);
    public static final long CONSOLE = of(TERMINAL, 1);

    private static final int MAJOR_SHIFT = 8;

    private DeviceNumber() {}

    /** Of two bytes: what makedev(3) makes of them. */
    private static long of(int major, int minor) {
        return (long) major << MAJOR_SHIFT | minor;
    }
}
