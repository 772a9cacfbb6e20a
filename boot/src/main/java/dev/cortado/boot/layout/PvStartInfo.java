package dev.cortado.boot.layout;

/**
 * {@code struct start_info} of a 64-bit PV domain (Xen's public/xen.h). Offsets in bytes; numbers
 * have 8 bytes unless a field says otherwise.
 */
public final class PvStartInfo {

    /** The first 4 of 32 bytes of text: "xen-", little-endian. */
    public static final int MAGIC = 0;

    public static final int MAGIC_VALUE = 0x2d6e6578;

    /** How many frames the domain has. */
    public static final int FRAMES = 32;

    /** Machine address of the shared info page. */
    public static final int SHARED_INFO = 40;

    /** u32. */
    public static final int FLAGS = 48;

    /** Of {@link #FLAGS}: this is the first domain, which has no console ring. */
    public static final int FLAG_INITIAL_DOMAIN = 1 << 1;

    /** Machine frame of xenstore's ring. */
    public static final int STORE_FRAME = 56;

    /** u32. */
    public static final int STORE_PORT = 64;

    /** Machine frame of the console's ring; only with {@link #FLAG_INITIAL_DOMAIN} unset. */
    public static final int CONSOLE_FRAME = 72;

    /** u32. */
    public static final int CONSOLE_PORT = 80;

    /** Virtual address of the root of the builder's page tables; the others follow it. */
    public static final int PAGE_TABLES = 88;

    /** How many frames these have. */
    public static final int PAGE_TABLE_FRAMES = 96;

    /** Virtual address of the list of machine frames, one number for each frame of the domain. */
    public static final int FRAME_LIST = 104;

    /** Virtual address of what was loaded besides the image; 0 if nothing was. */
    public static final int MODULE = 112;

    public static final int MODULE_BYTES = 120;

    /** Text, ended by a 0. */
    public static final int COMMAND_LINE = 128;

    public static final int COMMAND_LINE_SIZE = 1024;

    private PvStartInfo() {}
}
