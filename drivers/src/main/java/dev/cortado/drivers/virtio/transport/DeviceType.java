package dev.cortado.drivers.virtio.transport;

/** Types of devices (VIRTIO 1.2, 5). */
public final class DeviceType {
    public static final int NETWORK = 1;
    public static final int BLOCK = 2;
    public static final int CONSOLE = 3;
    public static final int ENTROPY = 4;
    public static final int BALLOON = 5;
    public static final int SCSI = 8;
    public static final int FILE_SYSTEM_9P = 9;
    public static final int SOCKET = 19;
    public static final int FILE_SYSTEM = 26;

    private DeviceType() {}

    /** Whether there is a driver for such devices, in images of every target with virtio. */
    public static boolean isDriven(int type) {
        return switch (type) {
            case NETWORK, BLOCK, CONSOLE, ENTROPY, FILE_SYSTEM_9P, FILE_SYSTEM -> true;
            default -> false;
        };
    }

    /** In words, for messages. */
    public static String name(int type) {
        return switch (type) {
            case NETWORK -> "virtio-net";
            case BLOCK -> "virtio-blk";
            case CONSOLE -> "virtio-console";
            case ENTROPY -> "virtio-rng";
            case BALLOON -> "virtio-balloon";
            case SCSI -> "virtio-scsi";
            case FILE_SYSTEM_9P -> "virtio-9p";
            case 16 -> "virtio-gpu";
            case 18 -> "virtio-input";
            case SOCKET -> "virtio-vsock";
            case 24 -> "virtio-mem";
            case FILE_SYSTEM -> "virtio-fs";
            case 27 -> "virtio-pmem";
            default -> "virtio device of type " + type;
        };
    }
}
