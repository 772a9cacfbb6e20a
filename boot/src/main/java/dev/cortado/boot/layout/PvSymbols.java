package dev.cortado.boot.layout;

/** What the boot code of a PV domain defines besides {@link StubSymbols}, and what it wants. */
public final class PvSymbols {

    /**
     * Wanted: {@code long map(long startInfo)}: makes the kernel's page tables; returns the machine
     * frame of the pinned root, 0 if that failed. Runs on Xen's first page tables, r14 being where
     * the heap base would be if the image heap were where it was loaded.
     */
    public static final String EARLY_ENTRY = "cortado_early_entry";

    /** Pages in bss whose frames may be swapped for others while page tables are made. */
    public static final String WINDOWS = "cortado_pv_windows";

    /** How many {@link #WINDOWS} there are. */
    public static final int WINDOW_COUNT = 4;

    /** A page in bss that the shared info page takes the place of. */
    public static final String SHARED_INFO = "cortado_pv_shared_info";

    /** Where exceptions arrive: {@link #TRAPS} times {@link InterruptTable#STUB_SIZE} bytes. */
    public static final String TRAP_VECTORS = "cortado_pv_trap_vectors";

    public static final int TRAPS = 32;

    /** Where events arrive. */
    public static final String EVENT_CALLBACK = "cortado_pv_event_callback";

    /** Where Xen goes when it cannot return to the domain: a segment register is wrong. */
    public static final String FAILSAFE_CALLBACK = "cortado_pv_failsafe_callback";

    /**
     * Where another CPU starts: rdi = argument of the function in rsi, stack and gs as they will
     * be.
     */
    public static final String PROCESSOR_ENTRY = "cortado_pv_processor_entry";

    /** {@code long()}: address of a table of addresses, 8 bytes each, see below. */
    public static final String ADDRESSES = "cortado_pv_addresses";

    // Offsets in that table.
    public static final int WINDOWS_ADDRESS = 0;
    public static final int SHARED_INFO_ADDRESS = 8;
    public static final int TRAP_VECTORS_ADDRESS = 16;
    public static final int EVENT_CALLBACK_ADDRESS = 24;
    public static final int FAILSAFE_CALLBACK_ADDRESS = 32;
    public static final int PROCESSOR_ENTRY_ADDRESS = 40;

    private PvSymbols() {}
}
