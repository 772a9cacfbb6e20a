package dev.cortado.boot.layout;

/** How the guest was started: the first argument of {@code cortado_kernel_entry}. */
public final class BootProtocol {

    /** Xen's PVH; the second argument is the physical address of an {@link PvhStartInfo}. */
    public static final long PVH = 1;

    private BootProtocol() {}
}
