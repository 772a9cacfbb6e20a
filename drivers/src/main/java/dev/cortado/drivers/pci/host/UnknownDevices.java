package dev.cortado.drivers.pci.host;

/** Which devices are worth a line if no driver is for them, by their class code. */
public final class UnknownDevices {
    /** Base classes (PCI Code and ID Assignment, 1). */
    public static final int STORAGE = 0x01;

    public static final int NETWORK = 0x02;

    private static final int DISPLAY = 0x03;
    private static final int MULTIMEDIA = 0x04;
    private static final int SYSTEM_PERIPHERAL = 0x08;
    private static final int INPUT = 0x09;
    private static final int SERIAL_BUS = 0x0c;

    private UnknownDevices() {}

    /**
     * Whether nobody searches for such devices, so that one that is unknown stays so, and whether
     * it may have been given to the machine for its program. Not so are what every PC has, and what
     * no program without a screen has a use for.
     *
     * @param code 24 bits: base class, sub-class, programming interface
     */
    static boolean isNamedAtOnce(int code) {
        return switch (code >>> 16) {
            case STORAGE, NETWORK -> false;
            case DISPLAY, MULTIMEDIA, SYSTEM_PERIPHERAL, INPUT, SERIAL_BUS -> false;
            default -> true;
        };
    }
}
