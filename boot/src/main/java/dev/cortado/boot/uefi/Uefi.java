package dev.cortado.boot.uefi;

import java.util.UUID;

/** Offsets, numbers and identifiers of the UEFI specification that loaders use. */
public final class Uefi {
    // The system table (4.3).

    static final int CONSOLE_OUT = 0x40;
    static final int BOOT_SERVICES = 0x60;
    public static final int CONFIGURATION_COUNT = 0x68;
    public static final int CONFIGURATION_TABLE = 0x70;

    /** In the console's protocol (12.4.1). */
    static final int OUTPUT_STRING = 0x08;

    // The boot services (4.4).

    static final int ALLOCATE_PAGES = 0x28;
    static final int GET_MEMORY_MAP = 0x38;
    static final int HANDLE_PROTOCOL = 0x98;
    static final int EXIT_BOOT_SERVICES = 0xE8;

    // AllocatePages (7.2.1).

    static final int ALLOCATE_MAXIMUM_ADDRESS = 1;
    static final int ALLOCATE_ADDRESS = 2;
    static final int LOADER_DATA = 2;

    /** What the entry returns where it cannot go on (appendix D): EFI_LOAD_ERROR. */
    static final long LOAD_ERROR = Long.MIN_VALUE | 1;

    // A memory descriptor (7.2.3).

    static final int DESCRIPTOR_TYPE = 0;
    static final int DESCRIPTOR_START = 8;
    static final int DESCRIPTOR_PAGES = 24;

    /** Bytes that are there whatever the version. */
    static final int DESCRIPTOR_SIZE = 40;

    // An entry of the configuration table (4.6).

    public static final int CONFIGURATION_POINTER = 16;
    public static final int CONFIGURATION_SIZE = 24;

    public static final UUID ACPI_20_TABLE =
            UUID.fromString("8868e871-e4f1-11d3-bc22-0080c73c8881");
    public static final UUID ACPI_10_TABLE =
            UUID.fromString("eb9d2d30-2d88-11d3-9a16-0090273fc14d");

    // The protocol of a loaded image (9.1).

    static final UUID LOADED_IMAGE = UUID.fromString("5b1b31a1-9562-11d2-8e3f-00a0c969723b");
    static final int DEVICE_HANDLE = 24;
    static final int LOAD_OPTIONS_SIZE = 48;
    static final int LOAD_OPTIONS = 56;

    // The protocol of a disk (13.9), and its medium's description.

    static final UUID BLOCK_IO = UUID.fromString("964e5b21-6459-11d2-8e39-00a0c969723b");
    static final int MEDIA = 8;
    static final int READ_BLOCKS = 24;
    static final int MEDIA_ID = 0;
    static final int BLOCK_SIZE = 12;

    private Uefi() {}
}
