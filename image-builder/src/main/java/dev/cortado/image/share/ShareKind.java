package dev.cortado.image.share;

/** By what a guest reaches a folder. */
public enum ShareKind {
    /** QEMU's own server. */
    NINEP("9p", "virtio.9p"),

    /** A process of its own, virtiofsd. */
    VIRTIOFS("virtiofs", "virtio.fs");

    private final String mountType;
    private final String driver;

    ShareKind(String mountType, String driver) {
        this.mountType = mountType;
        this.driver = driver;
    }

    /** As mounts call it, and those who ask for it. */
    public String mountType() {
        return mountType;
    }

    /** As manifests name the driver. */
    String driver() {
        return driver;
    }
}
