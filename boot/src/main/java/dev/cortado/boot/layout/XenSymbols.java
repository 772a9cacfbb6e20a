package dev.cortado.boot.layout;

/** What the boot code defines besides {@link StubSymbols} in an image for Xen. */
public final class XenSymbols {

    /**
     * {@code long(int number, long a1, long a2, long a3, long a4, long a5)}: calls the hypervisor
     * through {@link #HYPERCALL_PAGE}; a negative result is one of Xen's error numbers (Xen's
     * public/arch-x86/xen-x86_64.h, "Hypercall interface").
     */
    public static final String HYPERCALL = "cortado_hypercall";

    /** {@code long()}: address of the {@link #HYPERCALL_ENTRIES}. */
    public static final String HYPERCALL_PAGE = "cortado_hypercall_page";

    /**
     * A page of code, which Xen writes: {@link #HYPERCALL_ENTRY} bytes a hypercall. Until it has
     * done so, every call raises #UD.
     */
    public static final String HYPERCALL_ENTRIES = "cortado_hypercall_entries";

    /** Bytes of the hypercall page for one hypercall. */
    public static final int HYPERCALL_ENTRY = 32;

    private XenSymbols() {}
}
