package dev.cortado.drivers.pci;

/** Where a function is: a device has up to eight. */
public record PciAddress(int segment, int bus, int device, int function) {
    public static final int BUSES = 256;
    public static final int DEVICES = 32;
    public static final int FUNCTIONS = 8;

    private static final int SEGMENTS = 1 << 16;

    public PciAddress {
        if (segment < 0
                || segment >= SEGMENTS
                || bus < 0
                || bus >= BUSES
                || device < 0
                || device >= DEVICES
                || function < 0
                || function >= FUNCTIONS) {
            throw new IllegalArgumentException(
                    "no function " + segment + ":" + bus + ":" + device + "." + function);
        }
    }

    /** As other systems write it: 0000:00:1f.2. */
    @Override
    public String toString() {
        return hex(segment, 4) + ':' + hex(bus, 2) + ':' + hex(device, 2) + '.' + function;
    }

    static String hex(int value, int digits) {
        String text = Integer.toHexString(value);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }
}
