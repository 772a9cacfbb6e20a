package dev.cortado.boot.layout;

/**
 * {@code struct hvm_start_info} and what it points to, as in Xen's public header {@code
 * arch-x86/hvm/start_info.h}. All addresses in it are physical, all integers little-endian; offsets
 * in bytes.
 */
public final class PvhStartInfo {

    /** "xEn3" with the highest bit of the E set. */
    public static final int MAGIC_VALUE = 0x336E_C578;

    /** u32: {@link #MAGIC_VALUE}. */
    public static final int MAGIC = 0;

    /** u32: 0 has no memory map, 1 has one. */
    public static final int VERSION = 4;

    /** u32: SIF_xxx flags. */
    public static final int FLAGS = 8;

    /** u32: number of {@link #MODULE_LIST} entries. */
    public static final int MODULE_COUNT = 12;

    /** u64: address of an array of modules, {@link #MODULE_SIZE} bytes each. */
    public static final int MODULE_LIST = 16;

    /** u64: address of the command line, NUL-terminated ASCII; 0 if there is none. */
    public static final int COMMAND_LINE = 24;

    /** u64: address of the ACPI RSDP; 0 if there is none. */
    public static final int RSDP = 32;

    /** u64: address of the memory map; only in version 1 and newer. */
    public static final int MEMORY_MAP = 40;

    /** u32: number of memory map entries; only in version 1 and newer. */
    public static final int MEMORY_MAP_COUNT = 48;

    /** Bytes of a version 0 structure. */
    public static final int SIZE_VERSION_0 = 40;

    /** Bytes of a version 1 structure. */
    public static final int SIZE_VERSION_1 = 56;

    /** In a module, u64: its address. */
    public static final int MODULE_ADDRESS = 0;

    /** In a module, u64: its bytes. */
    public static final int MODULE_LENGTH = 8;

    /** In a module, u64: address of its command line; 0 if there is none. */
    public static final int MODULE_COMMAND_LINE = 16;

    /** Bytes of a module entry; the last 8 are reserved. */
    public static final int MODULE_SIZE = 32;

    /** In a memory map entry, u64: first address. */
    public static final int MEMORY_ADDRESS = 0;

    /** In a memory map entry, u64: bytes. */
    public static final int MEMORY_LENGTH = 8;

    /** In a memory map entry, u32: type, as in the E820 map: {@link #MEMORY_TYPE_RAM} or not. */
    public static final int MEMORY_TYPE = 16;

    /** Bytes of a memory map entry; the last 4 are reserved. */
    public static final int MEMORY_ENTRY_SIZE = 24;

    /** Type of a range that is free to use. */
    public static final int MEMORY_TYPE_RAM = 1;

    private PvhStartInfo() {}
}
