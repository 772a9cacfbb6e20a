package dev.cortado.boot.layout;

/**
 * What the command line says to the kernel: words that begin with {@link #PREFIX} and come first,
 * and {@link #END} behind them. Everything else is the program's, but for {@link #DEVICE}.
 */
public final class KernelWords {
    public static final String PREFIX = "cortado.";

    public static final String END = "--";

    /** The console's input is in {@link ConsoleFrames}, its output goes to no terminal. */
    public static final String FRAMED_CONSOLE = "cortado.console=framed";

    /** At the console is a terminal; so it is without a word. */
    public static final String TERMINAL_CONSOLE = "cortado.console=terminal";

    /** Keys typed at the console open the monitor. */
    public static final String MONITOR_ON = "cortado.monitor=on";

    /** They do not; so it is without a word, unless the image was built otherwise. */
    public static final String MONITOR_OFF = "cortado.monitor=off";

    /** How a network interface gets its addresses; the network reads what is behind it. */
    public static final String NETWORK = "cortado.net=";

    /** What is mounted where, a word each; the files read what is behind it. */
    public static final String MOUNT = "cortado.mount=";

    /** An environment variable of the program's: its name, an equals sign and its value. */
    public static final String ENVIRONMENT = "cortado.env=";

    /**
     * A device with registers in memory, as Linux's parameters name it: QEMU's microvm and
     * Firecracker put such words at the end, or in front of {@link #END}. The program gets none.
     */
    public static final String DEVICE = "virtio_mmio.device=";

    /** How a module that a loader hands over begins if it continues the command line. */
    public static final String MODULE = "cortado.arguments ";

    /** Bytes of a command line that every loader passes on whole, the 0 at its end included. */
    public static final int LINE_CAPACITY = 4096;

    /** Bytes of a command line with its module. */
    public static final int TOTAL_CAPACITY = 1 << 20;

    private KernelWords() {}
}
