package dev.cortado.boot.cd;

/**
 * Where the code lies while a disk on a CD is loaded: below 64 KiB, where a disk's own boot sector
 * and loader have nothing. The kernel does not need it.
 */
final class CdMemory {
    /** Where a BIOS loads what it starts. */
    static final int LOADED = 0x7C00;

    /** Where the code stays. */
    static final int RESIDENT = 0xE000;

    /** A sector of the CD on its way. */
    static final int SECTOR = RESIDENT + CdBoot.SIZE;

    // Places in the code that its beginning writes to.

    /** The far jump to the BIOS. */
    static final int OLD_HANDLER = RESIDENT + 0xC0;

    static final int HANDLER = RESIDENT + 0x100;

    /** In the comparison that the handler begins with, the number of the drive that is ours. */
    static final int DRIVE_COMPARED = HANDLER + 2;

    // Variables.

    static final int DRIVE = RESIDENT + 0x300;

    /** The sector of the CD that is at {@link #SECTOR}. */
    static final int SECTOR_NUMBER = RESIDENT + 0x304;

    /** 16 bytes: what to read (EDD, table 1 "Device Address Packet"). */
    static final int PACKET = RESIDENT + 0x310;

    /** The same for the disk's first sector. */
    static final int FIRST_PACKET = RESIDENT + 0x320;

    private CdMemory() {}
}
