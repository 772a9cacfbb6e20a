package dev.cortado.boot.layout;

/** How the guest was started: the first argument of {@code cortado_kernel_entry}. */
public final class BootProtocol {

    /** Xen's PVH; the second argument is the physical address of an {@link PvhStartInfo}. */
    public static final long PVH = 1;

    /** Xen's 64-bit PV; the second argument is the pseudo-physical address of start_info. */
    public static final long XEN_PV = 2;

    private BootProtocol() {}
}
