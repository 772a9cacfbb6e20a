package dev.cortado.boot.uefi;

import dev.cortado.boot.fat.FatVolume;
import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.boot.layout.PvhStartInfo;

/**
 * What is where in the block of memory that the loader takes from the firmware, below 4 GiB.
 * Nothing of it is needed once the kernel has read its start information. Offsets in bytes.
 */
final class Workspace {
    private static final int PAGE = (int) AddressSpace.PAGE_SIZE;

    /** What the kernel is told: {@link PvhStartInfo}. */
    static final int START_INFO = 0;

    /** Flat segments for 32-bit code. */
    static final int GDT = 0x40;

    static final int GDT_POINTER = 0x60;

    /** Code that cannot stay where it is: the kernel may belong there. */
    static final int HANDOVER_CODE = 0x80;

    static final int HANDOVER_CODE_SIZE = PAGE - HANDOVER_CODE;

    /** Grows down. */
    static final int STACK_TOP = 2 * PAGE;

    /** The first sectors of the volume that the loader was started from. */
    static final int VOLUME_HEAD = STACK_TOP;

    static final int VOLUME_HEAD_SIZE = FatVolume.RESERVED_SECTORS * 512;

    /** Page tables; the first is the topmost. */
    static final int PAGE_TABLES = VOLUME_HEAD + VOLUME_HEAD_SIZE;

    /**
     * Two top levels; one table of the third and four of the second for the first 4 GiB; and what a
     * file of up to 2 GiB takes, wherever it begins.
     */
    static final int PAGE_TABLE_COUNT = 2 + 1 + 4 + 2 + 4;

    /** First the firmware's memory map, then in its place the kernel's. */
    static final int MEMORY_MAP = PAGE_TABLES + PAGE_TABLE_COUNT * PAGE;

    /** More than any firmware is known to need: some thousands of ranges. */
    static final int MEMORY_MAP_SIZE = 32 * PAGE;

    /** What {@link LoadOptions} makes of its text. */
    static final int COMMAND_LINE = MEMORY_MAP + MEMORY_MAP_SIZE;

    static final int COMMAND_LINE_SIZE = 3 * PAGE;

    static final int PAGES = (COMMAND_LINE + COMMAND_LINE_SIZE) / PAGE;

    static {
        assert START_INFO + PvhStartInfo.SIZE_VERSION_1 <= GDT;
    }

    private Workspace() {}
}
