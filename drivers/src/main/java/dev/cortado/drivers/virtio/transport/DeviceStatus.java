package dev.cortado.drivers.virtio.transport;

/** How far driver and device have got with each other (VIRTIO 1.2, 2.1). Values are sums. */
public final class DeviceStatus {
    /** Written, it resets the device; read, the device has been reset. */
    public static final int RESET = 0;

    public static final int ACKNOWLEDGE = 1;
    public static final int DRIVER = 2;
    public static final int DRIVER_OK = 4;
    public static final int FEATURES_OK = 8;
    public static final int DEVICE_NEEDS_RESET = 64;
    public static final int FAILED = 128;

    private DeviceStatus() {}
}
