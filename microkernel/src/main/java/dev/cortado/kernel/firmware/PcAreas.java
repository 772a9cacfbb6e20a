package dev.cortado.kernel.firmware;

/**
 * Where a PC's firmware leaves the structures that lead to its tables (ACPI 6.5, 5.2.5.1;
 * MultiProcessor Specification 1.4, chapter 4).
 */
final class PcAreas {
    /** The last KiB of base memory, which is where the extended BIOS data area mostly begins. */
    static final long BASE_MEMORY_END_BEGIN = 0x9_fc00;

    static final long BASE_MEMORY_END = 0xa_0000;

    /** Read-only memory of the BIOS. */
    static final long BIOS_BEGIN = 0xe_0000;

    static final long BIOS_END = 0x10_0000;

    private PcAreas() {}
}
