package dev.cortado.boot.linux;

import dev.cortado.boot.layout.PvhStartInfo;
import dev.cortado.boot.pe.PortableExecutable;

/**
 * What is where in the file, in memory, and in the parameters that loaders pass. Offsets in bytes,
 * integers little-endian.
 *
 * <pre>
 *   file
 *     0        setup: headers of UEFI and of Linux's loaders, and code for real mode
 *     0x1000   code for the other modes, and room for what the kernel is told
 *     0x5000   code for UEFI
 *     0x9000   the image: an ELF file as it is
 * </pre>
 *
 * <p>Linux's loaders load all but the setup to {@link #LOAD_ADDRESS}, and from there the image's
 * segments are moved up to where they belong. UEFI loads the file as {@link PortableExecutable}
 * says, to anywhere.
 */
public final class LinuxLayout {
    private static final int SECTOR_SIZE = 512;

    // The header, in the setup (see "The Real-Mode Kernel Header").

    /** Sectors of the setup after the first. */
    static final int SETUP_SECTORS = 0x1F1;

    /** Units of 16 bytes that are loaded. */
    static final int SYSTEM_SIZE = 0x1F4;

    public static final int BOOT_FLAG = 0x1FE;
    public static final int BOOT_FLAG_VALUE = 0xAA55;

    /** Where code for real mode begins, in front of the rest of the header. */
    static final int JUMP = 0x200;

    public static final int MAGIC = 0x202;

    /** "HdrS". */
    public static final int MAGIC_VALUE = 0x5372_6448;

    static final int VERSION = 0x206;
    static final int VERSION_VALUE = 0x20F;
    static final int LOAD_FLAGS = 0x211;

    /** Of {@link #LOAD_FLAGS}: what follows the setup is loaded to 1 MiB. */
    static final int LOADED_HIGH = 1;

    static final int CODE_32_START = 0x214;
    static final int RAMDISK_IMAGE = 0x218;
    static final int RAMDISK_SIZE = 0x21C;
    static final int COMMAND_LINE = 0x228;
    static final int RAMDISK_LIMIT = 0x22C;
    static final int KERNEL_ALIGNMENT = 0x230;
    static final int EXTENDED_FLAGS = 0x236;

    /** Of {@link #EXTENDED_FLAGS}: there is an entry for 64-bit mode. */
    static final int HAS_64_BIT_ENTRY = 1;

    static final int COMMAND_LINE_SIZE = 0x238;

    /** Bytes that the kernel reads, without the zero byte at the end. */
    static final int LONGEST_COMMAND_LINE = 4095;

    /** Where the image begins, counted from the setup's end, and its bytes. */
    public static final int PAYLOAD_OFFSET = 0x248;

    public static final int PAYLOAD_SIZE = 0x24C;
    static final int PREFERRED_ADDRESS = 0x258;

    /** Bytes of memory from there that are overwritten. */
    static final int INITIAL_SIZE = 0x260;

    static final int HEADER_END = 0x26C;

    public static final int SETUP_SIZE = PortableExecutable.CODE_OFFSET;

    /** Code for real mode, behind the parameters that it writes over the setup's begin. */
    static final int SETUP_CODE = SETUP_SIZE - SECTOR_SIZE;

    // The parameters ("The Zero Page"), which have the header in them.

    static final int RSDP = 0x070;

    /** Where UEFI has started the loader, u32: {@link #EFI_64}; "struct efi_info". */
    static final int EFI_SIGNATURE = 0x1C0;

    /** "EL64". */
    static final int EFI_64 = 0x3436_4C45;

    /** Address of UEFI's system table, in two halves. */
    static final int EFI_SYSTEM_TABLE = 0x1C4;

    static final int EFI_SYSTEM_TABLE_HIGH = 0x1D8;

    static final int MEMORY_MAP_COUNT = 0x1E8;
    static final int MEMORY_MAP = 0x2D0;
    static final int MEMORY_ENTRY_SIZE = 20;
    static final int MAXIMUM_RANGES = 128;

    /** Selectors that each loader's descriptor table has: flat, 32 bits. */
    static final int CODE_SELECTOR = 0x10;

    static final int DATA_SELECTOR = 0x18;

    // What is loaded, from its first byte.

    public static final int LOAD_ADDRESS = 0x10_0000;

    /** The entry for 32-bit mode is the first byte. */
    static final int LONG_MODE_ENTRY = 0x200;

    static final int START_INFO = 0x1000;
    static final int MODULE = START_INFO + PvhStartInfo.SIZE_VERSION_1;
    static final int KERNEL_MEMORY_MAP = 0x2000;

    /** Grows down, to behind the map. */
    static final int STACK_TOP = 0x4000;

    static final int UEFI_CODE = STACK_TOP;

    /** The code's bytes, that for UEFI included. */
    static final int CODE_SIZE = 0x7000;

    /** Where the image begins: at a page, as in the file that it is. */
    public static final int IMAGE_OFFSET = PortableExecutable.payloadOffset(CODE_SIZE) - SETUP_SIZE;

    static {
        assert PortableExecutable.HEADERS_END <= SETUP_SECTORS;
        assert MEMORY_MAP + MAXIMUM_RANGES * MEMORY_ENTRY_SIZE <= SETUP_CODE;
        assert MODULE + PvhStartInfo.MODULE_SIZE <= KERNEL_MEMORY_MAP;
        assert KERNEL_MEMORY_MAP + MAXIMUM_RANGES * PvhStartInfo.MEMORY_ENTRY_SIZE < STACK_TOP;
    }

    private LinuxLayout() {}

    /** The address of something that is loaded. */
    static int address(int offset) {
        return LOAD_ADDRESS + offset;
    }
}
