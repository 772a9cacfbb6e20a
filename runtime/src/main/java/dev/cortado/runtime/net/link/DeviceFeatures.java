package dev.cortado.runtime.net.link;

/** What a device does by itself, bits of {@link FrameDevice#features}. */
public final class DeviceFeatures {
    /** Fills in checksums that were left blank. */
    public static final int TRANSMIT_CHECKSUM = 1;

    /** Cuts TCP over IPv4 into segments. */
    public static final int SEGMENTATION_IPV4 = 1 << 1;

    /** Cuts TCP over IPv6 into segments. */
    public static final int SEGMENTATION_IPV6 = 1 << 2;

    /** Takes packets of several pieces. */
    public static final int GATHER = 1 << 3;

    private DeviceFeatures() {}
}
