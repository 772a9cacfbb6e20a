package dev.cortado.boot.disk;

import dev.cortado.boot.layout.PvhStartInfo;

/**
 * What is where below 1 MiB while an image is loaded, between the BIOS's data area (up to 0x500)
 * and its extended data area (from 0x80000 at the earliest). Nothing of it is needed once the
 * kernel has read its start information.
 */
final class LowMemory {

    // Variables, 4 bytes each.

    /** The number that the BIOS knows the disk by. */
    static final int DRIVE = 0x600;

    /** How many entries {@link #MEMORY_MAP} has. */
    static final int RANGES = 0x604;

    /** Address of the segment's entry in the header. */
    static final int SEGMENT = 0x608;

    static final int SEGMENTS_LEFT = 0x60C;
    static final int NEXT_SECTOR = 0x610;
    static final int SECTORS_LEFT = 0x614;
    static final int DESTINATION = 0x618;
    static final int SUM = 0x61C;

    /** Written to see whether address line 20 works. */
    static final int PROBE = 0x620;

    /** 16 bytes: what to read (EDD, table 1 "Device Address Packet"). */
    static final int PACKET = 0x630;

    // What the kernel is told.

    static final int START_INFO = 0x1000;
    static final int MEMORY_MAP = 0x2000;
    static final int MAXIMUM_RANGES = 128;
    static final int COMMAND_LINE = 0x3000;

    /** Grows down; the boot sector is above. */
    static final int STACK_TOP = 0x7C00;

    /** Where the BIOS loads the boot sector; header and loader follow. */
    static final int BOOT = 0x7C00;

    static final int HEADER = BOOT + DiskLayout.SECTOR_SIZE;
    static final int LOADER = HEADER + DiskLayout.SECTOR_SIZE;

    /**
     * Sectors on their way to their place. It stays inside 64 KiB: some BIOSes and DMA controllers
     * cannot cross such a boundary.
     */
    static final int BUFFER = 0x1_0000;

    /** The most that a BIOS has to read at once (EDD, 4.2.3: 127 blocks). */
    static final int BUFFER_SECTORS = 127;

    static {
        assert HEADER + DiskLayout.LOADER_SECTORS * DiskLayout.SECTOR_SIZE <= BUFFER;
        assert MEMORY_MAP + MAXIMUM_RANGES * PvhStartInfo.MEMORY_ENTRY_SIZE <= COMMAND_LINE;
    }

    private LowMemory() {}
}
