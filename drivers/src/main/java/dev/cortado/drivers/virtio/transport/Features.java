package dev.cortado.drivers.virtio.transport;

/** Features that any device may have (VIRTIO 1.2, 6), as bits of 64. */
public final class Features {
    public static final long INDIRECT_DESC = 1L << 28;
    public static final long EVENT_IDX = 1L << 29;
    public static final long VERSION_1 = 1L << 32;

    /** Addresses are those that the platform gives the device: without an IOMMU, physical ones. */
    public static final long ACCESS_PLATFORM = 1L << 33;

    public static final long RING_PACKED = 1L << 34;

    /** Barriers order what a device of hardware sees; ours do, wherever the device is. */
    public static final long ORDER_PLATFORM = 1L << 36;

    /** What queues and transports of this package can do. */
    static final long OF_QUEUES =
            INDIRECT_DESC | EVENT_IDX | VERSION_1 | ACCESS_PLATFORM | RING_PACKED | ORDER_PLATFORM;

    /** What legacy devices and drivers know of. */
    static final long LEGACY_MASK = 0xffff_ffffL;

    private Features() {}
}
