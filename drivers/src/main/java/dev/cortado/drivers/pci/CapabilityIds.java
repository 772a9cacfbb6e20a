package dev.cortado.drivers.pci;

/** Numbers of capabilities (PCI Code and ID Assignment Specification 1.11, 2). */
public final class CapabilityIds {
    public static final int POWER_MANAGEMENT = 0x01;
    public static final int MSI = 0x05;
    public static final int VENDOR_SPECIFIC = 0x09;
    public static final int PCI_EXPRESS = 0x10;
    public static final int MSI_X = 0x11;

    /** Advanced Features: a reset of the function for devices that are not PCI Express. */
    public static final int ADVANCED_FEATURES = 0x13;

    private CapabilityIds() {}
}
